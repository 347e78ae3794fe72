package opd.cli.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// Gives SLF4J a logback that is set up by code. Named to SLF4J by a system property: to look for
/// providers and configurations, SLF4J and logback would open every jar.
public final class LogProvider implements SLF4JServiceProvider {
  // Switched off, as the driver's own log would be plain text between the lines of JSON. The JDK
  // keeps loggers weakly, so without this field the switch would be lost with the logger.
  private final Logger driver = Logger.getLogger("org.postgresql");

  private final LoggerContext context = new LoggerContext();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final LogbackMDCAdapter mapped = new LogbackMDCAdapter();

  /// Makes it the provider of this process, before anything asks for a logger.
  public static void install() {
    System.setProperty("slf4j.provider", LogProvider.class.getName());
    // Otherwise SLF4J announces the provider on standard error.
    System.setProperty("slf4j.internal.verbosity", "WARN");
  }

  @Override
  public void initialize() {
    context.setMDCAdapter(mapped);
    new LogConfigurator().configure(context);
    context.start();
    driver.setLevel(Level.OFF);
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return context;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mapped;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }
}
