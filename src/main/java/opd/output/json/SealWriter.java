package opd.output.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import opd.service.VerificationService.SealConsumer;
import opd.verify.Seal;

/// Writes a seal as one JSON document on one line, piece by piece: it has a head for each chain.
public final class SealWriter implements SealConsumer {
  private final Writer out;
  private final JsonGenerator json;

  public SealWriter(Writer out) {
    this.out = out;
    try {
      this.json = new JsonFactory().createGenerator(out);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void begin(Seal.Beginning seal) {
    write(() -> {
      json.writeStartObject();
      json.writeStringField("time", seal.time().toString());
      json.writeNumberField("count", seal.count());
      json.writeArrayFieldStart("heads");
    });
  }

  @Override
  public void head(Seal.Head head) {
    write(() -> {
      json.writeStartObject();
      json.writeStringField("chain", head.chain());
      json.writeNumberField("number", head.number());
      json.writeStringField("hash", head.hash());
      json.writeEndObject();
    });
  }

  @Override
  public void end(String digest) {
    write(() -> {
      json.writeEndArray();
      json.writeStringField("digest", digest);
      json.writeEndObject();
      json.close();
      out.write('\n');
      out.flush();
    });
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void write(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
