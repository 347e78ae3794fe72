package opd.cli.log;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Logs at most the last two digits of a phone number, whoever wrote it: the program itself logs
/// none, but what a library says of an unexpected failure may quote one.
public final class MaskingEncoder extends JsonEncoder {
  private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{2,12}([0-9]{2})");

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(super.encode(event), StandardCharsets.UTF_8);
    return NUMBER.matcher(line).replaceAll("+…$1").getBytes(StandardCharsets.UTF_8);
  }
}
