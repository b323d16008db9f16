package io.jenkins.plugins.gateddeploy.checks.development;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Goes through JSON of any size, of which only some fields matter. */
final class JsonFields {
    private JsonFields() {}

    /** Takes a value that the parser is at; what it leaves of it is skipped. */
    @FunctionalInterface
    interface Reader {
        void read(JsonParser parser) throws IOException, SafeXml.Unfit, InterruptedException;
    }

    /** Takes a field whose value the parser is at; what it leaves of it is skipped. */
    @FunctionalInterface
    interface Field {
        void read(String name, JsonParser value) throws IOException, SafeXml.Unfit, InterruptedException;
    }

    /** Goes through the fields of an object; another value has none. */
    static void each(JsonParser parser, Field field) throws IOException, SafeXml.Unfit, InterruptedException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken begin = parser.nextToken();
            field.read(name, parser);
            skipRest(parser, begin);
        }
    }

    /** Goes through the items of a list; another value has none. */
    static void items(JsonParser parser, Reader reader) throws IOException, SafeXml.Unfit, InterruptedException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        for (JsonToken begin = parser.nextToken();
                begin != null && begin != JsonToken.END_ARRAY;
                begin = parser.nextToken()) {
            reader.read(parser);
            skipRest(parser, begin);
        }
    }

    /** Whoever took a value stands at its end. */
    private static void skipRest(JsonParser parser, JsonToken begin) throws IOException {
        if (parser.currentToken() == begin) {
            parser.skipChildren();
        }
    }

    /** {@return a string; empty when it is none} */
    static String text(JsonParser value) throws IOException {
        return value.currentToken() == JsonToken.VALUE_STRING ? value.getText() : "";
    }

    /** {@return a number from 0 on; -1 when it is none} */
    static int number(JsonParser value) throws IOException {
        return value.currentToken() == JsonToken.VALUE_NUMBER_INT && value.getNumberType() == JsonParser.NumberType.INT
                ? value.getIntValue()
                : -1;
    }
}
