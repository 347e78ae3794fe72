package opd.backup;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.Sha256;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.DecisionClock;
import opd.store.connection.FacilityConnection;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.schema.FacilityCopy;
import opd.store.schema.FacilityStore;
import opd.store.schema.FacilityTable;
import opd.store.schema.Schema;
import org.jspecify.annotations.Nullable;

/// Writes a facility into a file while its desks go on.
public final class Backup {
  // Names and phone numbers are in it.
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final DatabaseSettings place;
  private final Optional<CopyProgress> progress;

  /// @param place whose login may read all tables of the facility
  /// @param progress told how far it has come; empty where nobody looks
  public Backup(DatabaseSettings place, Optional<CopyProgress> progress) {
    this.place = place;
    this.progress = progress;
  }

  /// Writes the facility as it is at this moment. The file appears when it is whole; the one who
  /// runs this is the only one who can read it.
  ///
  /// @throws OpdException INVALID_INPUT when the file exists or cannot be written; SCHEMA_TOO_OLD,
  ///   SCHEMA_TOO_NEW, FACILITY_NOT_FOUND, DATABASE_UNAVAILABLE
  public BackupSummary write(Path file) {
    if (Files.exists(file)) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          PlainText.quote(file.toString()) + " exists already",
          "name a new file: a backup never takes the place of another");
    }
    Path part = part(file);
    try {
      Files.deleteIfExists(part);
      Manifest manifest = writePart(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return BackupSummary.of(manifest);
    } catch (IOException e) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          PlainText.quote(file.toString()) + " cannot be written",
          "check that its folder exists, may be written and has room",
          e);
    } finally {
      discard(part);
    }
  }

  /// Where it is written until it is whole.
  public static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // The next backup to this file removes it, or says why it cannot.
    }
  }

  private Manifest writePart(Path part) throws IOException {
    AtomicReference<@Nullable Manifest> written = new AtomicReference<>();
    try (FileChannel channel =
            FileChannel.open(
                part,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PRIVATE);
        ZipOutputStream zip =
            new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        FacilityConnection database = new FacilityConnection(place)) {
      zip.setLevel(Deflater.BEST_SPEED);
      new Transactions(database, new DecisionClock.OfDatabase())
          .stream(transaction -> written.set(write(transaction, zip)));
      zip.finish();
      zip.flush();
      channel.force(true);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Manifest manifest = written.get();
    if (manifest == null) {
      throw new IllegalStateException("nothing was written");
    }
    return manifest;
  }

  private Manifest write(Transaction transaction, ZipOutputStream zip) {
    FacilityStore.Found facility = FacilityStore.find(transaction, place.facility());
    Schema.check(place.facility(), facility.schemaVersion(), facility.oldestProgram());
    Manifest.checkClock(place.facility(), facility.settings().clock());
    List<Manifest.Content> tables = new ArrayList<>();
    try {
      List<FacilityTable> all = FacilityTable.all(transaction, place.facility());
      Optional<CopiedRows> rows =
          progress.map(told -> new CopiedRows(told, FacilityTable.rows(transaction, all)));
      for (FacilityTable table : all) {
        tables.add(write(transaction, table, zip, rows));
      }
      Manifest manifest =
          Manifest.of(
              place.facility().value(),
              facility.schemaVersion(),
              facility.settings(),
              facility.now(),
              tables);
      zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
      zip.write(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
      zip.closeEntry();
      return manifest;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Manifest.Content write(
      Transaction transaction,
      FacilityTable table,
      ZipOutputStream zip,
      Optional<CopiedRows> copied)
      throws IOException {
    zip.putNextEntry(new ZipEntry(Manifest.Content.entry(table.name())));
    MessageDigest digest = Sha256.start();
    OutputStream entry = new DigestOutputStream(open(zip), digest);
    long rows =
        FacilityCopy.read(
            transaction,
            table,
            copied.map(count -> count.counting(table.name(), entry)).orElse(entry));
    zip.closeEntry();
    return new Manifest.Content(table.name(), table.columns(), rows, Sha256.hex(digest));
  }

  /// The archive for one entry, which does not end it.
  private static OutputStream open(ZipOutputStream zip) {
    return new FilterOutputStream(zip) {
      @Override
      public void write(byte[] bytes, int start, int length) throws IOException {
        out.write(bytes, start, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }
}
