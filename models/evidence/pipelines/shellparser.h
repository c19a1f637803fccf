// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/pipelines/shell.h>
#include <evidence/pipelines/shellwords.h>

namespace tenken {

/// Reads one text into a reader's script.
class ShellParser
{
public:
    ShellParser(ShellReader &reader, const ShellSource &source);
    ShellNode parse();

private:
    void advance();
    void skipNewlines();
    bool takeWord(QStringView word);
    bool atEndOf(const QStringList &terminators) const;
    ShellNode list(const QStringList &terminators);
    /// What stands in a part that may not be run.
    ShellNode branch(const QStringList &terminators);
    bool asks(const ShellNode &node) const;
    ShellNode andOr();
    ShellNode pipe();
    ShellNode command();
    ShellNode subshell();
    ShellNode conditional();
    ShellNode loop();
    /// `for x in a b`: each round is read by itself, for x may name what is run.
    ShellNode rounds();
    ShellNode cases();
    ShellNode function(const QString &name);
    ShellNode simple();
    ShellNode substituted(const QStringList &texts, const ShellCommand &of);
    void takeAssignments(ShellCommand &command);
    std::optional<QString> variable(const QString &name) const;
    void setVariable(const QString &name, const std::optional<QString> &value);
    void place(ShellCommand &command, qsizetype begin, qsizetype end) const;
    ShellNode add(ShellCommand command);

    ShellReader &m_reader;
    const ShellSource &m_source;
    ShellWords m_words;
    ShellToken m_token;
    QStringList m_split;
    QMap<QString, std::shared_ptr<ShellNode>> m_functions;
    size_t m_copied = 0;
    int m_nesting = 0;
    static constexpr int deepestNesting = 60;
};

} // namespace tenken
