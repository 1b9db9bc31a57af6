/**
 * Events for JDK Flight Recorder. Only {@link org.tickwave.event.Events} is used from outside, so that the engine runs without the module
 * jdk.jfr. The names of the events and of their fields are part of the engine's interface: engine/README.md lists them.
 */
package org.tickwave.event;
