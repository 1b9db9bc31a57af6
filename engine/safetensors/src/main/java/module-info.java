/** Weights of the engine in safetensors files. */
module org.tickwave.safetensors {
    requires transitive org.tickwave;
    requires com.google.gson;

    exports org.tickwave.safetensors;
    exports org.tickwave.safetensors.file to org.tickwave.bench;
}
