/**
 * A network whose layers take time and learn on every tick. Describe a {@link org.tickwave.Network}, open an
 * {@link org.tickwave.Engine} on that network, give the engine a frame and a target, tick, and read the answer.
 */
package org.tickwave;
