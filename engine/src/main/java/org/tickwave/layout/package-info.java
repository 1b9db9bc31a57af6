/**
 * Where the bytes are: descriptors without state, computed from a {@link org.tickwave.layout.Geometry} of plain numbers.
 * Nothing outside this package knows an offset. {@code native-layout-docs/} says the same in drawings and tables.
 */
package org.tickwave.layout;
