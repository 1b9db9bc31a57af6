/** Files that are written as a whole or not at all, and JSON that is read strictly. For the modules of this project. */
package org.tickwave.safetensors.file;
