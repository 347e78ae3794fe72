package opd.backup;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.Sha256;
import opd.store.schema.FacilityTable;
import opd.store.schema.RestoredFacility;
import opd.store.schema.Schema;
import org.jspecify.annotations.Nullable;

/// A backup that is read. What is not as it was written is an error before anything of it is kept.
final class BackupFile implements AutoCloseable {
  // Of the dozen tables it takes some three kilobytes.
  private static final int MOST_MANIFEST_BYTES = 1 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private final Path path;
  private final ZipFile zip;
  private final Manifest manifest;

  private BackupFile(Path path, ZipFile zip) throws IOException {
    this.path = path;
    this.zip = zip;
    this.manifest = manifest(path, zip);
  }

  /// @throws OpdException INVALID_INPUT when it is no backup or a damaged one; SCHEMA_TOO_OLD or
  ///   SCHEMA_TOO_NEW when another version of the program made it
  static BackupFile open(Path path) {
    if (!Files.isReadable(path)) {
      throw OpdException.invalid(
          "the backup " + PlainText.quote(path.toString()) + " does not exist or cannot be read");
    }
    try {
      ZipFile zip = new ZipFile(path.toFile());
      try {
        return new BackupFile(path, zip);
      } catch (IOException | OpdException e) {
        zip.close();
        throw e;
      }
    } catch (IOException e) {
      throw damaged(path, "it does not end as a backup does", e);
    }
  }

  private static Manifest manifest(Path path, ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(Manifest.ENTRY);
    if (entry == null) {
      throw damaged(path, "it holds no manifest", null);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] text = in.readNBytes(MOST_MANIFEST_BYTES);
      CRC32 sum = new CRC32();
      sum.update(text);
      if (sum.getValue() != entry.getCrc()) {
        throw damaged(path, "its manifest is not the one that was written", null);
      }
      JsonNode tree = MAPPER.readTree(text);
      if (!tree.isObject()) {
        throw damaged(path, "its manifest cannot be read", null);
      }
      checkVersion(tree);
      return MAPPER.treeToValue(tree, Manifest.class);
    } catch (JacksonException e) {
      String why = e.getCause() instanceof OpdException refused ? ": " + refused.getMessage() : "";
      throw damaged(path, "its manifest cannot be read" + why, e);
    }
  }

  /// Before anything else of it: what is newer may look otherwise.
  private static void checkVersion(JsonNode manifest) {
    JsonNode format = manifest.path("format");
    if (format.isInt() && format.intValue() != Manifest.FORMAT) {
      throw new OpdException(
          ErrorCode.SCHEMA_TOO_NEW,
          "the backup has format %d; this program knows %d"
              .formatted(format.intValue(), Manifest.FORMAT),
          "upgrade this program");
    }
    JsonNode version = manifest.path("schemaVersion");
    if (version.isInt()) {
      checkVersion(version.intValue());
    }
  }

  private static void checkVersion(int schema) {
    if (schema != Schema.VERSION) {
      boolean isOld = schema < Schema.VERSION;
      throw new OpdException(
          isOld ? ErrorCode.SCHEMA_TOO_OLD : ErrorCode.SCHEMA_TOO_NEW,
          "the backup is of schema version %d; this program restores %d"
              .formatted(schema, Schema.VERSION),
          isOld
              ? "restore it with the program that made it"
                  + (schema < Schema.OLDEST_UPGRADABLE
                      ? ""
                      : ", then run 'opd db migrate' with this one")
              : "upgrade this program");
    }
  }

  static OpdException damaged(Path path, String how, @Nullable Throwable cause) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        "%s is no whole backup: %s".formatted(PlainText.quote(path.toString()), how),
        "nothing of it was kept; use another copy",
        cause);
  }

  Manifest manifest() {
    return manifest;
  }

  /// Gives each table's rows and looks whether they are those that were written.
  RestoredFacility.Source rows(Optional<CopyProgress> progress) {
    Optional<CopiedRows> rows = progress.map(told -> new CopiedRows(told, manifest.rows()));
    return (table, sink) -> {
      Manifest.Content content =
          manifest
              .table(table.name())
              .filter(there -> there.columns().equals(table.columns()))
              .orElseThrow(
                  () -> damaged(path, "table " + table.name() + " is missing in it", null));
      read(
          table,
          content,
          source ->
              sink.take(rows.map(count -> count.counting(table.name(), source)).orElse(source)));
    };
  }

  private void read(FacilityTable table, Manifest.Content content, RestoredFacility.Sink sink) {
    ZipEntry entry = zip.getEntry(content.entry());
    if (entry == null) {
      throw damaged(path, "table " + table.name() + " is missing in it", null);
    }
    MessageDigest digest = Sha256.start();
    long rows;
    try (InputStream in = zip.getInputStream(entry)) {
      rows = sink.take(new DigestInputStream(in, digest));
    } catch (IOException | UncheckedIOException e) {
      throw damaged(path, "table " + table.name() + " cannot be unpacked", e);
    }
    if (rows != content.rows() || !Sha256.hex(digest).equals(content.sha256())) {
      throw damaged(
          path, "the rows of table " + table.name() + " are not those that were backed up", null);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
