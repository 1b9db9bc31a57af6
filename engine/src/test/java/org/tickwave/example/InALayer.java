package org.tickwave.example;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Runs com.example in a module layer of its own, as a host of plug-ins does. */
public final class InALayer {
    private InALayer() {
    }

    /** The argument is a directory of modules. The new layer takes from the JDK what the boot layer lacks. */
    public static void main(final String[] args) throws ReflectiveOperationException {
        final ModuleLayer boot = ModuleLayer.boot();
        final Configuration modules =
            boot.configuration().resolve(ModuleFinder.of(Path.of(args[0])), ModuleFinder.ofSystem(), Set.of("com.example"));
        final ModuleLayer.Controller layer =
            ModuleLayer.defineModulesWithOneLoader(modules, List.of(boot), ClassLoader.getPlatformClassLoader());
        final Class<?> main = layer.layer().findLoader("com.example").loadClass("com.example.Main");
        layer.addExports(main.getModule(), main.getPackageName(), InALayer.class.getModule());
        main.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    }
}
