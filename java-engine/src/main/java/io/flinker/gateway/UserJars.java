/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import py4j.reflection.ClassLoadingStrategy;

/**
 * The class loader that sees the engine and the jars a program has added.
 *
 * <p>It is the context class loader of every gateway thread and the one Py4J looks classes up in.
 */
public final class UserJars extends URLClassLoader implements ClassLoadingStrategy {

    static {
        registerAsParallelCapable();
    }

    private static final UserJars LOADER = new UserJars();

    private UserJars() {
        super("flinker-user-jars", new URL[0], UserJars.class.getClassLoader());
    }

    static UserJars loader() {
        return LOADER;
    }

    /** Makes the classes of a jar or folder visible to the gateway. */
    public static void add(String url) throws MalformedURLException {
        LOADER.addURL(new URL(url));
    }

    /** An object of a class that the program names. */
    public static Object newInstance(String className) throws ReflectiveOperationException {
        return LOADER.classForName(className).getDeclaredConstructor().newInstance();
    }

    /** A class that the program names. */
    public static Class<?> load(String className) throws ClassNotFoundException {
        return LOADER.loadClass(className);
    }

    @Override
    public Class<?> classForName(String name) throws ClassNotFoundException {
        return Class.forName(name, true, this);
    }

    @Override
    public ClassLoader getClassLoader() {
        return this;
    }
}
