package io.jenkins.plugins.gateddeploy.checks.development;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the bytes of an XML document into text by its mark or declaration (XML 1.0, appendix F). The JDK's parser can do
 * that too, but writes to standard error about bytes that do not fit.
 */
final class XmlText {
    private static final int DECLARATION = 200;
    private static final Pattern ENCODING = Pattern.compile(
            "^(?:\u00ef\u00bb\u00bf)?<\\?xml[^>]{0,100}?encoding\\s{0,10}=\\s{0,10}[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private XmlText() {}

    /** @throws SafeXml.Unfit when nobody knows the encoding */
    static Reader of(InputStream in) throws IOException, SafeXml.Unfit {
        BufferedInputStream buffered = new BufferedInputStream(in);
        buffered.mark(DECLARATION);
        byte[] start = buffered.readNBytes(DECLARATION);
        buffered.reset();
        Charset charset = charset(start);
        Reader reader = new InputStreamReader(
                buffered,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        if (startsWith(start, 0xef, 0xbb, 0xbf) && reader.read() < 0) {
            throw new SafeXml.Unfit("it is empty");
        }
        return reader;
    }

    private static Charset charset(byte[] start) throws SafeXml.Unfit {
        if (startsWith(start, 0xfe, 0xff) || startsWith(start, 0xff, 0xfe)) {
            return StandardCharsets.UTF_16;
        }
        Matcher declared = ENCODING.matcher(new String(start, StandardCharsets.ISO_8859_1));
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(declared.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new SafeXml.Unfit("its encoding " + declared.group(1) + " is not known");
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
