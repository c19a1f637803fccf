// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/prometheus/labels.h>
#include <evidence/yaml.h>

#include <functional>

namespace tenken
{

/// A node of Alertmanager's routing tree; its receiver may be inherited.
struct AlertRoute {
    QString receiver;
    std::vector<LabelMatcher> matchers;
    bool continues = false;
    QStringList mutedDuring, onlyDuring; ///< names of time intervals
    std::vector<AlertRoute> routes;
    Span span;
};

/// Alerts that match `target` are kept back while one that matches `source` fires.
struct InhibitRule {
    std::vector<LabelMatcher> source, target;
    Span span;
};

/// alertmanager.yml, or the part of it that an AlertmanagerConfig brings.
struct Alertmanager {
    QString file;
    AlertRoute root;
    QMap<QString, QStringList> receivers; ///< handles by name: "@slack-alerts"; none: it goes nowhere
    std::vector<InhibitRule> inhibitions;
};

/// Where an alert goes, and under which condition (empty: always).
struct RoutedAlert {
    QString receiver;
    QString onlyIf;

    friend bool operator==(const RoutedAlert &, const RoutedAlert &) = default;
};

/// A label's value; nothing where only the data will tell.
using LabelLookup = std::function<std::optional<QString>(const QString &)>;

bool isAlertmanager(Yaml document);
/// Refuses what Alertmanager itself would not load: a root with matchers (but of a part), a receiver that is not there.
Result<Alertmanager> readAlertmanager(Yaml document, const QString &file, bool part = false);

/// The tree as Alertmanager walks it: the deepest match, further siblings after `continue`.
std::vector<RoutedAlert> routesOf(const Alertmanager &alertmanager, const LabelLookup &label);

/// Conditions of the inhibitions that may hold this alert back.
QStringList inhibitionsOf(const Alertmanager &alertmanager, const LabelLookup &label);

} // namespace tenken
