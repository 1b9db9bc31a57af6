/**
 * Where the bytes are: immutable descriptors, computed from the numbers of a {@link org.tickwave.layout.Geometry}. No other
 * package computes an offset. {@code native-layout-docs/} shows the same layout in drawings and tables.
 */
package org.tickwave.layout;
