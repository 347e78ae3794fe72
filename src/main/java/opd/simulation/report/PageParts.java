package opd.simulation.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import opd.domain.Sha256;

/// Styles and scripts that are written into the page, and the policy that lets these run and
/// nothing else: whatever text came into the page, a browser would not execute or fetch it.
///
/// @param style Pico CSS and what this page adds to it
/// @param library Preact, which keeps the queue on the page as the data says
/// @param script the slider
/// @param policy a Content-Security-Policy
record PageParts(String style, String library, String script, String policy) {

  static PageParts read() {
    String style =
        webJar("picocss__pico", "css/pico.fluid.classless.min.css", "LICENSE.md")
            + resource("report.css");
    String library = webJar("preact", "dist/preact.min.umd.js", "LICENSE");
    String script = resource("slider.js");
    String policy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src %s; script-src %s %s"
            .formatted(hash(style), hash(library), hash(script));
    return new PageParts(style, library, script, policy);
  }

  /// A file of a WebJar, which keeps its files below a folder with its version as name. Its licence
  /// goes with it into every page, as it demands.
  private static String webJar(String name, String file, String licence) {
    Properties pom = new Properties();
    try (InputStream stream = open("/META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
      pom.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = pom.getProperty("version");
    String folder = "/META-INF/resources/webjars/" + name + "/" + version + "/";
    // Without the address of a file that belongs to it, which a browser would ask for.
    return ("/*\n" + text(folder + licence) + "*/\n" + text(folder + file))
        .replaceAll("(?m)^//# sourceMappingURL=.*\\R?", "");
  }

  private static String resource(String name) {
    return text("/opd/simulation/report/" + name);
  }

  private static String text(String path) {
    try (InputStream stream = open(path)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    InputStream stream = PageParts.class.getResourceAsStream(path);
    if (stream == null) {
      throw new IllegalStateException("the program lacks its own file " + path);
    }
    return stream;
  }

  private static String hash(String text) {
    byte[] digest = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }
}
