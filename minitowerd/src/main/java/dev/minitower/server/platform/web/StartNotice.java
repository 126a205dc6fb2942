package dev.minitower.server.platform.web;

import dev.minitower.server.platform.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where the server is to be found, once it is there. */
@Component
final class StartNotice {
  private static final Logger log = LoggerFactory.getLogger(StartNotice.class);

  private final Settings settings;

  StartNotice(Settings settings) {
    this.settings = settings;
  }

  @EventListener
  void started(ServletWebServerInitializedEvent event) {
    String host = settings.listenAddress().host();
    log.info(
        "Serving at http://{}:{} data_dir={} lease_ttl={}s",
        host.isEmpty() ? "0.0.0.0" : host,
        event.getWebServer().getPort(),
        settings.dataDir(),
        settings.leaseTtl().toSeconds());
  }
}
