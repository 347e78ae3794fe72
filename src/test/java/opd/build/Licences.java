package opd.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// What `scripts/release` runs: writes the licences of the libraries into a folder, as the
/// library's own jar has them, and else the licence's usual text, which the list of parts (SBOM)
/// carries.
final class Licences {
  private static final Pattern LICENCE_FILE =
      Pattern.compile("(.*/)?(licen[cs]e|notice|copying)(\\.(txt|md))?", Pattern.CASE_INSENSITIVE);

  private static final String COMPILED_IN = "picocli";

  private final Path libraries;
  private final Path folder;
  private final Map<String, String> list = new TreeMap<>();

  private Licences(Path libraries, Path folder) {
    this.libraries = libraries;
    this.folder = folder;
  }

  /// @param arguments the list of parts as CycloneDX JSON, the folder with the jars, the folder to
  ///   write into
  public static void main(String[] arguments) throws IOException {
    JsonNode parts = new ObjectMapper().readTree(Path.of(arguments[0]).toFile());
    new Licences(Path.of(arguments[1]), Path.of(arguments[2])).writeAll(parts.path("components"));
  }

  private void writeAll(JsonNode components) throws IOException {
    for (JsonNode component : components) {
      write(component);
    }
    Files.writeString(folder.resolve("LIBRARIES.txt"), String.join("", list.values()));
  }

  private void write(JsonNode component) throws IOException {
    String name = component.path("name").asText();
    String version = component.path("version").asText();
    Path jar = libraries.resolve(name + "-" + version + ".jar");
    if (!Files.exists(jar) && !COMPILED_IN.equals(name)) {
      // For the compiler alone.
      return;
    }
    List<String> files = Files.exists(jar) ? copyFrom(jar, name) : List.of();
    List<String> identifiers = new ArrayList<>();
    for (JsonNode licence : component.path("licenses")) {
      String identifier = identifier(licence);
      identifiers.add(identifier);
      String text = licence.path("license").path("text").path("content").asText();
      if (files.isEmpty() && !text.isEmpty()) {
        Files.write(folder.resolve(identifier + ".txt"), Base64.getMimeDecoder().decode(text));
      }
    }
    if (identifiers.isEmpty() && files.isEmpty()) {
      throw new IllegalStateException("no licence is known of " + name + " " + version);
    }
    list.put(name, "%-42s %-14s %s\n".formatted(name, version, String.join(" or ", identifiers)));
  }

  private static String identifier(JsonNode licence) {
    JsonNode inner = licence.path("license");
    String text = licence.path("expression").asText(inner.path("name").asText());
    return inner.path("id").asText(text);
  }

  private List<String> copyFrom(Path jar, String name) throws IOException {
    List<String> copied = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        if (LICENCE_FILE.matcher(entry.getName()).matches()) {
          Path target = folder.resolve(name).resolve(entry.getName().replace('/', '-'));
          Files.createDirectories(target.getParent());
          try (InputStream content = zip.getInputStream(entry)) {
            Files.write(target, content.readAllBytes());
          }
          copied.add(target.toString());
        }
      }
    }
    return copied;
  }
}
