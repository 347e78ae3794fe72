package opd.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/// The warnings and errors of one class that a test provokes: while this is open they are given to
/// the test instead of being printed.
public final class ExpectedLog extends TurboFilter implements AutoCloseable {
  private final LoggerContext context = context();
  private final String logger;
  private final Queue<String> messages = new ConcurrentLinkedQueue<>();

  public ExpectedLog(Class<?> logger) {
    this.logger = logger.getName();
    context.addTurboFilter(this);
  }

  /// The one context of this JVM. While another thread is the first to ask for a logger, SLF4J has
  /// only a substitute.
  static LoggerContext context() {
    try {
      Await.until(
          "SLF4J to begin",
          Await.PATIENCE,
          () -> LoggerFactory.getILoggerFactory() instanceof LoggerContext);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  public List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public FilterReply decide(
      Marker marker,
      Logger asked,
      Level level,
      String format,
      Object[] arguments,
      Throwable thrown) {
    // Without a format somebody only asks whether the level is on.
    if (format == null || !level.isGreaterOrEqual(Level.WARN) || !asked.getName().equals(logger)) {
      return FilterReply.NEUTRAL;
    }
    messages.add(MessageFormatter.arrayFormat(format, arguments).getMessage());
    return FilterReply.DENY;
  }

  @Override
  public void close() {
    context.getTurboFilterList().remove(this);
  }
}
