// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

/// Opens the window on a service whose load test has so many bytes, and prints how long the event loop was
/// longest away from its events, while it loads and while the page is used afterwards.
void measureLoopTurns(qint64 bytes);
