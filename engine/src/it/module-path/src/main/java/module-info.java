/** What requires the engine, and nothing that it requires. */
module com.example {
    requires org.tickwave;
}
