/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the component runtime reads about a component: {@code OSGI-INF/<class>.xml}, written by the build from the annotations. */
record ComponentDescription(Map<String, String> properties, Set<String> services) {

    static ComponentDescription of(Class<?> component) throws IOException {
        String path = "/OSGI-INF/" + component.getName() + ".xml";
        try (InputStream in = component.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException(path + " is missing: is " + component.getSimpleName() + " a @Component, and did bnd run?");
            }
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(in);
            return new ComponentDescription(properties(document), services(document));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(path + " cannot be read", e);
        }
    }

    private static Map<String, String> properties(Document document) {
        Map<String, String> properties = new HashMap<>();
        NodeList elements = document.getElementsByTagName("property");
        for (int i = 0; i < elements.getLength(); i++) {
            Element property = (Element) elements.item(i);
            properties.put(property.getAttribute("name"), property.getAttribute("value"));
        }
        return properties;
    }

    private static Set<String> services(Document document) {
        Set<String> services = new HashSet<>();
        NodeList elements = document.getElementsByTagName("provide");
        for (int i = 0; i < elements.getLength(); i++) {
            services.add(((Element) elements.item(i)).getAttribute("interface"));
        }
        return services;
    }
}
