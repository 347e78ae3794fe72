package opd.cli.session;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Handles the signals of the operating system. The JDK supports the class for it but warns of it
/// at compile time, so it is reached by its name; where it is missing nothing is handled.
public final class Signals {
  private Signals() {}

  /// Runs the action whenever the signal comes, until the handle is closed.
  ///
  /// @param name without SIG, as WINCH
  public static Handle handle(String name, Runnable action) {
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.lookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(action);
      Object handler =
          MethodHandleProxies.asInterfaceInstance(
              handlerClass, MethodHandles.dropArguments(run, 0, signalClass));
      Object signal = signalClass.getConstructor(String.class).newInstance(name);
      var handle = signalClass.getMethod("handle", signalClass, handlerClass);
      Object previous = handle.invoke(null, signal, handler);
      return () -> {
        try {
          handle.invoke(null, signal, previous);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("SIG" + name + " cannot be given back", e);
        }
      };
    } catch (ReflectiveOperationException e) {
      return () -> {};
    }
  }

  /// Closed to give the signal back to whoever handled it before.
  public interface Handle extends AutoCloseable {
    @Override
    void close();
  }
}
