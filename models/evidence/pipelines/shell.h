// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QMap>
#include <QStringList>

#include <functional>
#include <memory>

namespace tenken {

/// One command of a shell script, as it would be run: quotes taken off, known variables put in.
struct ShellCommand {
    QStringList words;      ///< words[0] is the program; empty: only assignments
    QString text;           ///< as written, on one line
    QString file;
    Span span;
    QString via;            ///< what led here: "make lint", "scripts/build.sh"
    QList<int> branches;    ///< the conditional parts it stands in, outermost first
};

/// What the shell does about a failing command.
struct ShellOptions {
    bool errexit = false;   ///< -e
    bool pipefail = false;
};

/// A script's structure, with its commands as leaves.
struct ShellNode {
    enum class Kind {
        Command,    ///< `command`; with a child: what it runs (a make target, a script, a function)
        List,       ///< one after the other
        And, Or, Not, Pipe,
        If,         ///< condition, then, condition, then …, else
        Loop,       ///< condition (empty for `for`), body
        Case,       ///< one child per branch
        Group,      ///< { }
        Subshell,   ///< ( )
        Process,    ///< a shell of its own: sh -c, a script, a line of a Makefile
        Background,
    };
    Kind kind = Kind::List;
    std::vector<ShellNode> children;
    size_t command = 0;     ///< of a Command: its number in ShellScript::commands
    ShellOptions options;   ///< of a Process
    bool ignored = false;   ///< its failure is passed over (make's `-`)
};

struct ShellScript {
    ShellNode root;         ///< a Process
    std::vector<ShellCommand> commands;
    QStringList opaque;     ///< what cannot be seen into, by name
};

/// A script's text and where it stands.
struct ShellSource {
    QString text;
    QString file;
    Span whole;             ///< of the text; each line is told apart where firstLine is set
    int firstLine = 0;      ///< of the file, where the text's lines are the file's
    int indent = 0;         ///< columns that were taken off every line
    QString via;
};

class ShellReader;

/// Finds what a command runs, where that can be seen: gives its commands as a node of the same script.
using ShellFollow = std::function<std::optional<ShellNode>(const ShellCommand &, ShellReader &)>;

/// Reads shell text into one script; what a command runs is read into the same script by `follow`.
class ShellReader
{
public:
    explicit ShellReader(ShellFollow follow = {}) : m_follow(std::move(follow)) { }

    /// The node of a text, a Process with these options. Its commands are appended to the script's.
    ShellNode read(const ShellSource &source, const ShellOptions &options);
    ShellScript take(ShellNode root);
    void addOpaque(const QString &name);

    QMap<QString, QString> variables; ///< known values
    int depth = 0;                    ///< of what leads here: scripts that call scripts
    static constexpr int deepest = 8;
    static constexpr size_t mostCommands = 4000;

private:
    friend class ShellParser;
    ShellFollow m_follow;
    ShellScript m_script;
    QList<int> m_branches;
    int m_nextBranch = 0;
};

/// One command's name without its folder: "/kaniko/executor" → "executor".
QString programName(const QString &word);

} // namespace tenken
