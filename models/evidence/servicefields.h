// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/service.h>

#include <limits>

namespace tenken {

/// One key of service.yaml: its value, what it is called in messages, and a line that shows how to write it.
struct Field {
    Yaml node;
    QString path;       ///< "capacity.per-pod"
    QString example;    ///< "per-pod: 140"
};

/// The field of a key: "a.b" and an example, for keys with plain names.
Field fieldIn(Yaml parent, const char *key, const char *path, const char *example);
/// The keys that a map may have.
QStringList keyNames(std::initializer_list<const char *> words);

/// Reads fields of service.yaml; what is missing or null stays unset, what is wrong is reported and stays unset.
class ServiceFields
{
public:
    explicit ServiceFields(const QString &file) : m_file(file) { }

    std::vector<Problem> errors;    ///< a value that was not understood
    std::vector<Problem> warnings;  ///< unknown keys

    static bool isUnset(Yaml node) { return !node.exists() || node.isNull(); }

    QString text(const Field &field);
    Text name(const Field &field);
    QStringList texts(const Field &field);
    Declared<double> number(const Field &field, double least, bool leastItself);
    Declared<double> positive(const Field &field) { return number(field, 0, false); }
    Declared<double> seconds(const Field &field) { return number(field, 0, true); }
    Declared<double> duration(const Field &field);    ///< "500ms" or "2s", in seconds; above 0
    Declared<int> whole(const Field &field, int least);
    Declared<bool> boolean(const Field &field);
    Declared<QVersionNumber> version(const Field &field);
    Declared<double> share(const Field &field);       ///< "0.1 %" or 0.001
    Declared<QString> percentile(const Field &field); ///< "p99"
    std::vector<Yaml> list(const Field &field);
    bool map(const Field &field, const QStringList &keys); ///< false when it is unset or no map

    void wrong(const Field &field, const Text &expected);
    void report(Yaml node, const Text &message, const Text &hint);
    void repeated(Yaml node, const QString &id, QStringList &known); ///< reports an id that stands twice; adds it
    void unknown(Yaml node, const QStringList &keys);

private:
    QString m_file;
};

} // namespace tenken
