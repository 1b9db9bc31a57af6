/** Requires the engine alone, and none of its dependencies by name. */
module com.example {
    requires org.tickwave;
}
