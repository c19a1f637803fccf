// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklist.h>

namespace tenken {

/// Reads values of a checklist; what is wrong is reported with its place and a way to write it.
class ChecklistFields
{
public:
    explicit ChecklistFields(const YamlFile &file) : file(file) { }

    const YamlFile &file;
    std::vector<Problem> problems;

    void complain(const Span &span, const Text &message, const Text &hint = {});
    /// Did you mean …, else what is known.
    void complainOfWord(const Span &span, const Text &message, const QString &word, const QStringList &known);
    void checkKeys(Yaml map, const QStringList &known);
    QString word(Yaml parent, const char *key);
    Text text(Yaml parent, const char *key, bool required = true);
    /// One of a few words; the first of them where nothing, or something else, is written.
    QString oneOf(Yaml node, const QStringList &words);
};

/// An entry of `rules` that has `assert`. Never nothing: one with a mistake makes its item unknown. `taken`: names
/// that other rules of the checklist have.
std::shared_ptr<const Assertion> readAssertion(ChecklistFields &fields, Yaml node, const Item &item, const QStringList &taken);

} // namespace tenken
