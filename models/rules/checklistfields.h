// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/checklist.h>

namespace tenken {

/// Reads values of a checklist; what is wrong is reported with its place and a way to write it. What may have
/// been a question, or a part of one, is lost where it is not understood: then the checklist is not complete.
class ChecklistFields
{
public:
    explicit ChecklistFields(const YamlFile &file) : file(file) { }

    const YamlFile &file;
    std::vector<Problem> problems;
    bool complete = true;

    void complain(const Span &span, const Text &message, const Text &hint = {});
    void lose(const Span &span, const Text &message, const Text &hint = {});
    /// Did you mean …, else what is known.
    void complainOfWord(const Span &span, const Text &message, const QString &word, const QStringList &known);
    /// What stands under a key that is not known is lost.
    void checkKeys(Yaml map, const QStringList &known);
    /// The entries under a key. Nothing written is an empty list; what is no list is lost, not passed over.
    std::vector<Yaml> list(Yaml parent, const char *key, const char *example);
    /// The same of a map.
    std::vector<std::pair<Yaml, Yaml>> map(Yaml parent, const char *key, const char *example);
    /// A word or a list of words; anything else is lost.
    QStringList words(Yaml parent, const char *key);
    QString word(Yaml parent, const char *key);
    Text text(Yaml parent, const char *key, bool required = true);
    /// One of a few words; the first of them where nothing, or something else, is written.
    QString oneOf(Yaml node, const QStringList &words);

private:
    void checkLanguages(Yaml text);
    void loseShape(Yaml node, const char *key, const Text &shape, const char *example);
};

/// An entry of `rules` that has `assert`. Never nothing: one with a mistake makes its item unknown. `taken`: names
/// that other rules of the checklist have.
std::shared_ptr<const Assertion> readAssertion(ChecklistFields &fields, Yaml node, const Item &item, const QStringList &taken);

} // namespace tenken
