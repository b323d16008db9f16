package io.jenkins.plugins.gateddeploy.checks.development;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML that nobody vouches for: a document type is refused, so there are no entities, neither from elsewhere nor
 * multiplying ones.
 */
final class SafeXml {
    private static final int DEEPEST = 500;

    private SafeXml() {}

    /** Hears what is in a document. Only attributes and the beginnings of elements matter in reports. */
    interface Listener {
        void begins(String element, XMLStreamReader attributes) throws Unfit;

        void ends(String element);
    }

    /** Says what is wrong with a report, as the end of "…, but". */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String flaw) {
            super(flaw);
        }
    }

    /**
     * Reads a document to its end.
     *
     * @throws Unfit when it is none
     * @throws IOException when it cannot be read
     */
    static void read(InputStream in, Listener listener) throws Unfit, IOException, InterruptedException {
        try (Bounded bounded = new Bounded(in)) {
            XMLStreamReader reader = factory().createXMLStreamReader(XmlText.of(bounded));
            try {
                read(reader, listener);
            } catch (XMLStreamException | RuntimeException e) {
                // The JDK's reader says some things with unchecked exceptions.
                bounded.rethrow();
                throw new Unfit("it is not XML to its end: " + reason(e));
            }
        } catch (XMLStreamException e) {
            throw new Unfit("it is not XML: " + reason(e));
        }
    }

    private static void read(XMLStreamReader reader, Listener listener)
            throws XMLStreamException, Unfit, InterruptedException {
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> throw new Unfit("it has a document type, which is never read");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEEPEST) {
                        throw new Unfit("it is deeper than " + DEEPEST + " elements");
                    }
                    stopWhenInterrupted();
                    listener.begins(reader.getLocalName(), reader);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    listener.ends(reader.getLocalName());
                }
                default -> {
                    // Text and comments say nothing that counts.
                }
            }
        }
    }

    private static void stopWhenInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped while reading a report");
        }
    }

    /** {@return an attribute; empty when there is none} */
    static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    /** The JDK's own, whatever other is on the class path: its limits are known. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> InputStream.nullInputStream());
        return factory;
    }

    private static String reason(Exception e) {
        String message = String.valueOf(e.getMessage());
        int said = message.indexOf("Message: ");
        return ReportText.line(said < 0 ? message : message.substring(said + "Message: ".length()));
    }
}
