/** The control plane: controllers, transactional services, repositories; folders by subject. */
@NullMarked
package dev.minitower.server;

import org.jspecify.annotations.NullMarked;
