package opd.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// A backup of which somebody changed the manifest.
///
/// @param whole as the backup had it
record ManifestFile(JsonNode whole) {
  private static final String ENTRY = "manifest.json";

  static ManifestFile of(Path backup) throws IOException {
    try (ZipFile zip = new ZipFile(backup.toFile())) {
      return new ManifestFile(new ObjectMapper().readTree(zip.getInputStream(zip.getEntry(ENTRY))));
    }
  }

  /// @param field a JSON pointer, a space and the JSON to put there
  String with(String field) throws IOException {
    JsonPointer pointer = JsonPointer.compile(field.split(" ", 2)[0]);
    return with(pointer, new ObjectMapper().readTree(field.split(" ", 2)[1]));
  }

  String withText(String name, String text) {
    return with(JsonPointer.compile("/" + name), TextNode.valueOf(text));
  }

  private String with(JsonPointer pointer, JsonNode value) {
    JsonNode changed = whole.deepCopy();
    String name = pointer.last().getMatchingProperty();
    switch (changed.at(pointer.head())) {
      case ArrayNode array -> array.set(Integer.parseInt(name), value);
      case ObjectNode object -> object.set(name, value);
      default -> throw new AssertionError(pointer);
    }
    return changed.toString();
  }

  /// @param field a JSON pointer
  String without(String field) {
    JsonPointer pointer = JsonPointer.compile(field);
    JsonNode changed = whole.deepCopy();
    ObjectNode holder = (ObjectNode) changed.at(pointer.head());
    assertThat(holder.remove(pointer.last().getMatchingProperty())).isNotNull();
    return changed.toString();
  }

  /// Writes a file with this manifest and nothing else, which is read after it.
  static Path write(Path backup, String manifest) throws IOException {
    try (OutputStream out = Files.newOutputStream(backup);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(ENTRY));
      zip.write(manifest.getBytes(UTF_8));
    }
    return backup;
  }
}
