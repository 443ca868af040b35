/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Manifest;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The handler classes on a class path by the table they back up, as the component runtime would find them: by {@code Service-Component} of
 * each bundle's manifest. So a handler bundle that is added needs no mention here.
 */
final class HandlerClasses {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String TYPE = "backup.table.type";

    private HandlerClasses() {
    }

    /** Table type to class. */
    static Map<String, Class<?>> on(ClassLoader path) throws IOException {
        Map<String, Class<?>> handlers = new TreeMap<>();
        for (URL manifest : Collections.list(path.getResources(MANIFEST))) {
            String base = manifest.toString().substring(0, manifest.toString().length() - MANIFEST.length());
            for (String component : components(manifest)) {
                Document description = read(new URL(base + component));
                NodeList properties = description.getElementsByTagName("property");
                for (int i = 0; i < properties.getLength(); i++) {
                    Element property = (Element) properties.item(i);
                    if (TYPE.equals(property.getAttribute("name"))) {
                        handlers.put(property.getAttribute("value"), load(path, description));
                    }
                }
            }
        }
        return handlers;
    }

    private static String[] components(URL manifest) throws IOException {
        try (InputStream in = manifest.openStream()) {
            String header = new Manifest(in).getMainAttributes().getValue("Service-Component");
            return header == null || header.contains("*") ? new String[0] : header.split("\\s*,\\s*");
        }
    }

    private static Document read(URL description) throws IOException {
        try (InputStream in = description.openStream()) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(in);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(description + " cannot be read", e);
        }
    }

    private static Class<?> load(ClassLoader path, Document description) throws IOException {
        String name = ((Element) description.getElementsByTagName("implementation").item(0)).getAttribute("class");
        try {
            return Class.forName(name, true, path);
        } catch (ClassNotFoundException e) {
            throw new IOException("The class " + name + " of a component is missing", e);
        }
    }
}
