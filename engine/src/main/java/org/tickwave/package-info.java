/**
 * A network whose layers take time, and learn on every tick. Describe a {@link org.tickwave.Network}, open an
 * {@link org.tickwave.Engine} on it, give it a frame and a target, tick, read the answer.
 */
package org.tickwave;
