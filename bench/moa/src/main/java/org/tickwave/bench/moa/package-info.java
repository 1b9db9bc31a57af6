/**
 * MOA's learners and tables for {@code tickwave bench --tables}. NOTICE: MOA is under the GNU General Public License, version 3. This
 * module is a part of the build only in the profile {@code moa}; it is never deployed, and nothing that is published depends on it.
 */
package org.tickwave.bench.moa;
