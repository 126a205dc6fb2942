package dev.minitower.server.platform;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The timers. Tests switch them off and call the methods behind them. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnProperty(name = "minitower.timers", matchIfMissing = true)
class SchedulingConfiguration {}
