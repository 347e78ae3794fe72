package opd.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import opd.domain.ErasureNote;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;

/// The erasures that happened, outside of the database and of its backups, one JSON object a line:
/// whoever restores an older backup repeats them. Neither a name nor a number is in it.
public final class ErasureFile {
  private final Path path;

  public ErasureFile(Path path) {
    this.path = path;
  }

  /// Makes the file if it is not there.
  ///
  /// @throws OpdException INVALID_INPUT when nothing can be added to it
  public void checkWritable() {
    write("");
  }

  /// Adds the erasure, unless it stands there already.
  ///
  /// @throws OpdException INVALID_INPUT when the file cannot be read or written
  public void append(ErasureNote note) {
    boolean isNoted =
        read().stream().anyMatch(other -> other.registered().equals(note.registered()));
    if (!isNoted) {
      write(
          JsonNodeFactory.instance
                  .objectNode()
                  .put("patient", note.patient())
                  .put("registered", note.registered())
                  .put("erasedAt", note.erasedAt().toString())
                  .put("reason", note.reason())
              + "\n");
    }
  }

  private void write(String text) {
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      var bytes = UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw unusable("cannot be written", e);
    }
  }

  /// All of them, in their order.
  ///
  /// @throws OpdException INVALID_INPUT when a line is none, or the file cannot be read
  public List<ErasureNote> read() {
    ObjectMapper mapper = new ObjectMapper();
    List<ErasureNote> notes = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(path, UTF_8)) {
        if (!line.isBlank()) {
          notes.add(note(mapper.readTree(line)));
        }
      }
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw unusable("line " + (notes.size() + 1) + " tells of no erasure", e);
    } catch (IOException e) {
      throw unusable("cannot be read", e);
    }
    return notes;
  }

  private static ErasureNote note(JsonNode node) {
    return new ErasureNote(
        node.required("patient").asLong(),
        node.required("registered").asText(),
        Instant.parse(node.required("erasedAt").asText()),
        node.required("reason").asText());
  }

  private OpdException unusable(String why, Exception cause) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        "the file of erasures %s: %s".formatted(PlainText.quote(path.toString()), why),
        "name one that 'opd patient erase --erasures' has written",
        cause);
  }
}
