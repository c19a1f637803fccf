// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/shellrun.h>

#include <QRegularExpression>

#include <algorithm>
#include <unordered_set>

namespace tenken {

namespace {

using Kind = ShellNode::Kind;

struct Flow {
    Tri ok = Tri::Yes;
    bool exited = false;    ///< this shell has ended
    bool asked = false;     ///< the answer could be either
    bool returned = false;  ///< a function, or a sourced file, has ended
};

class ShellRun
{
public:
    ShellRun(const ShellScript &script, std::optional<size_t> failing)
        : m_script(script)
        , m_failing(failing)
    {
        outcome.ran.assign(script.commands.size(), Tri::No);
        if (failing)
            markFailing(script.root);
    }

    ShellOutcome outcome;

    Flow run(const ShellNode &node, Tri reach, bool checked)
    {
        switch (node.kind) {
        case Kind::Command:
            return atEnd(command(node, reach, checked), checked, node);
        case Kind::List:
        case Kind::Group:
            return list(node, reach, checked);
        case Kind::And:
        case Kind::Or:
            return andOr(node, reach, checked);
        case Kind::Not: {
            Flow flow = run(node.children[0], reach, true);
            if (holdsFailing(node) || isLiteral(node.children[0]))
                flow.ok = negated(flow.ok);
            return flow;
        }
        case Kind::Pipe:
            return atEnd(pipe(node, reach), checked, node);
        case Kind::If:
            return conditional(node, reach, checked);
        case Kind::Loop:
            return loop(node, reach, checked);
        case Kind::Case: {
            Flow last;
            for (const ShellNode &branch : node.children) {
                const bool taken = holdsFailing(branch);
                const Flow flow = run(branch, taken ? reach : both(reach, Tri::Maybe), checked);
                last = taken ? flow : last;
            }
            return last;
        }
        case Kind::Subshell: {
            const ShellOptions outer = m_options;
            Flow flow = list(node, reach, checked);
            m_options = outer;
            flow.exited = false;
            return atEnd(flow, checked, node);
        }
        case Kind::Process:
            return atEnd(process(node, reach), checked, node);
        case Kind::Background:
            run(node.children[0], reach, true);
            return {};
        }
        return {};
    }

private:
    /// What -e does about a command that failed.
    Flow atEnd(Flow flow, bool checked, const ShellNode &node) const
    {
        if (node.ignored)
            flow.ok = Tri::Yes;
        if (flow.ok == Tri::No && !checked && m_options.errexit)
            flow.exited = true;
        return flow;
    }

    /// Every node above the failing command: asked for at each of them, so found once.
    bool markFailing(const ShellNode &node)
    {
        bool holds = node.kind == Kind::Command && node.command == *m_failing;
        for (const ShellNode &child : node.children)
            holds |= markFailing(child);
        if (holds)
            m_aboveFailing.insert(&node);
        return holds;
    }

    bool holdsFailing(const ShellNode &node) const { return m_aboveFailing.contains(&node); }

    const QStringList &words(const ShellNode &node) const { return m_script.commands[node.command].words; }

    bool isLiteral(const ShellNode &node) const
    {
        if (node.kind != Kind::Command)
            return node.kind == Kind::List && node.children.size() == 1 && isLiteral(node.children[0]);
        const QString &program = words(node)[0];
        return program == u"true" || program == u":" || program == u"false";
    }

    Flow process(const ShellNode &node, Tri reach)
    {
        const ShellOptions outer = std::exchange(m_options, node.options);
        const bool outerEndsWell = std::exchange(m_endsWell, false);
        Flow flow = list(node, reach, false);
        m_options = outer;
        flow.exited = false;
        if (std::exchange(m_endsWell, outerEndsWell)) // trap 'exit 0' EXIT
            flow.ok = Tri::Yes;
        return flow;
    }

    Flow command(const ShellNode &node, Tri reach, bool checked)
    {
        outcome.ran[node.command] = either(outcome.ran[node.command], reach);
        if (m_failing == node.command)
            return {Tri::No};
        if (!node.children.empty()) {
            Flow flow = run(node.children[0], reach, checked);
            flow.returned = false;
            return flow;
        }
        return builtin(words(node), reach);
    }

    Flow builtin(const QStringList &w, Tri reach)
    {
        const QString &program = w[0];
        if (program == u"set") {
            setOptions(w, reach);
        } else if (program == u"trap" && reach == Tri::Yes && w.size() > 2) {
            static const QRegularExpression ends(QStringLiteral("\\bexit\\s+0\\b"));
            if (w.contains(QStringLiteral("EXIT")) || w.contains(QStringLiteral("0")))
                m_endsWell = ends.match(w[1]).hasMatch();
        } else if (program == u"false") {
            return {Tri::No};
        } else if ((program == u"exit" || program == u"return") && reach == Tri::Yes) {
            const QString code = w.value(1);
            const bool known = std::ranges::all_of(code, [](QChar c) { return c.isDigit(); });
            const Tri ok = !known ? Tri::Maybe : code.isEmpty() ? m_last : tri(code.toInt() == 0);
            return {ok, program == u"exit", false, program == u"return"};
        }
        static const QStringList asking{QStringLiteral("["), QStringLiteral("[["), QStringLiteral("test"),
                                        QStringLiteral("(("), QStringLiteral("grep"), QStringLiteral("egrep"),
                                        QStringLiteral("command"), QStringLiteral("which"), QStringLiteral("type")};
        return {Tri::Yes, false, asking.contains(program), false};
    }

    void setOptions(const QStringList &w, Tri reach)
    {
        for (qsizetype i = 1; i < w.size(); ++i) {
            const bool on = w[i].startsWith(u'-');
            if (!on && !w[i].startsWith(u'+'))
                return;
            if (on && reach != Tri::Yes)
                continue; // only what is certain protects
            if (w[i].contains(u'e'))
                m_options.errexit = on;
            if (!w[i].endsWith(u'o') || i + 1 >= w.size())
                continue;
            ++i;
            if (w[i] == u"pipefail")
                m_options.pipefail = on;
            if (w[i] == u"errexit")
                m_options.errexit = on;
        }
    }

    Flow list(const ShellNode &node, Tri reach, bool checked)
    {
        Flow last;
        for (const ShellNode &child : node.children) {
            last = run(child, reach, checked);
            m_last = last.ok;
            if (last.exited || last.returned)
                return last;
        }
        last.asked = last.asked && node.kind == Kind::List; // a command with what is put into it still asks
        return last;
    }

    Flow andOr(const ShellNode &node, Tri reach, bool checked)
    {
        const bool isAnd = node.kind == Kind::And;
        const Flow left = run(node.children[0], reach, true);
        if (left.exited || left.returned)
            return left;
        const ShellNode &right = node.children[1];
        const bool certain = left.ok != Tri::Maybe && (holdsFailing(node.children[0]) || isLiteral(node.children[0]));
        if (certain) {
            const bool goesOn = (left.ok == Tri::Yes) == isAnd;
            return goesOn ? run(right, reach, checked) : left;
        }
        if (holdsFailing(right) || (isAnd && !left.asked))
            return run(right, reach, checked);
        run(right, both(reach, Tri::Maybe), checked);
        return {Tri::Yes, false, left.asked, false};
    }

    Flow pipe(const ShellNode &node, Tri reach)
    {
        Flow flow;
        for (const ShellNode &child : node.children) {
            const Flow part = run(child, reach, true);
            flow.ok = m_options.pipefail ? both(flow.ok, part.ok) : part.ok;
            flow.asked = part.asked;
        }
        return flow;
    }

    Flow conditional(const ShellNode &node, Tri reach, bool checked)
    {
        Flow result;
        for (size_t i = 0; i < node.children.size(); i += 2) {
            if (i + 1 == node.children.size()) // else
                return branch(node.children[i], reach, checked, result);
            const ShellNode &condition = node.children[i];
            const Flow asked = run(condition, reach, true);
            if (asked.exited || asked.returned)
                return asked;
            const bool certain = asked.ok != Tri::Maybe && (holdsFailing(condition) || isLiteral(condition));
            if (certain && asked.ok == Tri::Yes)
                return run(node.children[i + 1], reach, checked);
            if (certain)
                continue;
            if (holdsFailing(node.children[i + 1]))
                return run(node.children[i + 1], reach, checked);
            run(node.children[i + 1], both(reach, Tri::Maybe), checked);
            if (!restHoldsFailing(node, i + 2))
                reach = both(reach, Tri::Maybe);
        }
        return result;
    }

    bool restHoldsFailing(const ShellNode &node, size_t from) const
    {
        return std::any_of(node.children.begin() + qsizetype(std::min(from, node.children.size())), node.children.end(),
                           [this](const ShellNode &n) { return holdsFailing(n); });
    }

    Flow branch(const ShellNode &node, Tri reach, bool checked, const Flow &otherwise)
    {
        const Flow flow = run(node, reach, checked);
        return reach == Tri::Yes || holdsFailing(node) ? flow : otherwise;
    }

    Flow loop(const ShellNode &node, Tri reach, bool checked)
    {
        const bool counted = node.children.empty() || node.children[0].kind == Kind::Group; // for
        Flow last;
        for (size_t i = 0; i < node.children.size(); ++i) {
            const bool isCondition = !counted && i == 0;
            const bool taken = counted || holdsFailing(node.children[i]);
            const Flow flow = run(node.children[i], isCondition || taken ? reach : both(reach, Tri::Maybe),
                                  checked || isCondition);
            if (flow.exited || flow.returned)
                return flow;
            if (!isCondition)
                last = flow;
        }
        return last;
    }

    const ShellScript &m_script;
    std::optional<size_t> m_failing;
    std::unordered_set<const ShellNode *> m_aboveFailing;
    ShellOptions m_options;
    Tri m_last = Tri::Yes;
    bool m_endsWell = false;
};

} // namespace

ShellOutcome runShell(const ShellScript &script, std::optional<size_t> failing)
{
    ShellRun run(script, failing);
    run.outcome.succeeds = run.run(script.root, Tri::Yes, true).ok;
    return std::move(run.outcome);
}

} // namespace tenken
