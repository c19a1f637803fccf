// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/shell.h>

#include <evidence/pipelines/shellwords.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

using Kind = ShellNode::Kind;

constexpr int deepestNesting = 60;
constexpr size_t mostCopied = 20'000;
constexpr qsizetype mostRounds = 8; ///< of a `for` over words that are written out

qsizetype assignmentAt(const QString &word)
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*\\+?="));
    const auto match = form.match(word);
    return match.hasMatch() ? match.capturedLength() : 0;
}

/// Ask only: nobody knows their answer beforehand.
bool isTest(const ShellCommand &command)
{
    static const QStringList programs{QStringLiteral("["), QStringLiteral("[["), QStringLiteral("test"),
                                      QStringLiteral("(("), QStringLiteral("grep"), QStringLiteral("egrep"),
                                      QStringLiteral("command"), QStringLiteral("which"), QStringLiteral("type")};
    return !command.words.isEmpty() && programs.contains(command.words[0]);
}

size_t sizeOf(const ShellNode &node)
{
    size_t size = 1;
    for (const ShellNode &child : node.children)
        size += sizeOf(child);
    return size;
}

ShellNode nodeOf(Kind kind, ShellNode a)
{
    ShellNode node;
    node.kind = kind;
    node.children.push_back(std::move(a));
    return node;
}

} // namespace

QString programName(const QString &word)
{
    const QString name = word.sliced(word.lastIndexOf(u'/') + 1);
    return name.endsWith(u".exe") ? name.chopped(4) : name;
}

class ShellParser
{
public:
    ShellParser(ShellReader &reader, const ShellSource &source)
        : m_reader(reader)
        , m_source(source)
        , m_words(source.text, reader.variables)
    {
        advance();
    }

    ShellNode parse()
    {
        ShellNode list = this->list({});
        while (m_token.kind != ShellToken::Kind::End) { // a stray `)` or `fi`: what follows is still read
            advance();
            list.children.push_back(this->list({}));
        }
        if (m_words.unclosed())
            m_reader.addOpaque(m_source.via.isEmpty() ? m_source.file : m_source.via);
        return list;
    }

private:
    void advance()
    {
        if (!m_split.isEmpty()) {
            m_token.text = m_split.takeFirst();
            return;
        }
        m_token = m_words.next();
        if (m_token.kind == ShellToken::Kind::Word && m_token.splits) {
            m_split = m_token.text.split(u' ', Qt::SkipEmptyParts);
            if (!m_split.isEmpty())
                m_token.text = m_split.takeFirst();
        }
    }

    void skipNewlines()
    {
        while (m_token.kind == ShellToken::Kind::Newline || m_token.is(u";"))
            advance();
    }

    bool takeWord(QStringView word)
    {
        skipNewlines();
        if (!m_token.isReserved(word))
            return false;
        advance();
        return true;
    }

    bool atEndOf(const QStringList &terminators) const
    {
        if (m_token.kind == ShellToken::Kind::End || m_token.is(u")") || m_token.is(u";;") || m_token.is(u";&")
            || m_token.is(u";;&"))
            return true;
        return m_token.kind == ShellToken::Kind::Word && m_token.plain && terminators.contains(m_token.text);
    }

    ShellNode list(const QStringList &terminators)
    {
        ShellNode list;
        if (++m_nesting > deepestNesting)
            m_reader.addOpaque(m_source.file);
        while (m_nesting <= deepestNesting) {
            skipNewlines();
            if (atEndOf(terminators))
                break;
            const qsizetype before = m_words.position();
            ShellNode node = andOr();
            if (m_token.is(u"&")) {
                node = nodeOf(Kind::Background, std::move(node));
                advance();
            }
            list.children.push_back(std::move(node));
            if (m_words.position() == before && m_token.kind == ShellToken::Kind::Operator)
                advance(); // whatever it is, go on
        }
        --m_nesting;
        return list;
    }

    /// What stands in a part that may not be run.
    ShellNode branch(const QStringList &terminators)
    {
        m_reader.m_branches.append(++m_reader.m_nextBranch);
        ShellNode node = list(terminators);
        m_reader.m_branches.removeLast();
        return node;
    }

    bool asks(const ShellNode &node) const
    {
        if (node.kind == Kind::Command)
            return isTest(m_reader.m_script.commands[node.command]);
        return std::ranges::any_of(node.children, [this](const ShellNode &n) { return asks(n); });
    }

    ShellNode andOr()
    {
        ShellNode left = pipe();
        while (m_token.is(u"&&") || m_token.is(u"||")) {
            const bool isAnd = m_token.is(u"&&");
            advance();
            while (m_token.kind == ShellToken::Kind::Newline)
                advance();
            const bool conditional = !isAnd || asks(left);
            if (conditional)
                m_reader.m_branches.append(++m_reader.m_nextBranch);
            ShellNode node = nodeOf(isAnd ? Kind::And : Kind::Or, std::move(left));
            node.children.push_back(pipe());
            if (conditional)
                m_reader.m_branches.removeLast();
            left = std::move(node);
        }
        return left;
    }

    ShellNode pipe()
    {
        bool negates = false;
        while (m_token.isReserved(u"!") || m_token.isReserved(u"time")) {
            negates ^= m_token.isReserved(u"!");
            advance();
        }
        ShellNode node = command();
        if (m_token.is(u"|") || m_token.is(u"|&")) {
            node = nodeOf(Kind::Pipe, std::move(node));
            while (m_token.is(u"|") || m_token.is(u"|&")) {
                advance();
                while (m_token.kind == ShellToken::Kind::Newline)
                    advance();
                node.children.push_back(command());
            }
        }
        return negates ? nodeOf(Kind::Not, std::move(node)) : std::move(node);
    }

    ShellNode command()
    {
        if (m_token.is(u"("))
            return subshell();
        if (m_token.isReserved(u"if"))
            return conditional();
        if (m_token.isReserved(u"while") || m_token.isReserved(u"until"))
            return loop();
        if (m_token.isReserved(u"for") || m_token.isReserved(u"select"))
            return rounds();
        if (m_token.isReserved(u"case"))
            return cases();
        if (m_token.isReserved(u"{")) {
            advance();
            ShellNode node = nodeOf(Kind::Group, list({QStringLiteral("}")}));
            takeWord(u"}");
            return node;
        }
        if (m_token.isReserved(u"function")) {
            advance();
            const QString name = m_token.text;
            advance();
            if (m_token.is(u"(")) {
                advance();
                advance();
            }
            return function(name);
        }
        return simple();
    }

    ShellNode subshell()
    {
        advance();
        ShellNode node = nodeOf(Kind::Subshell, list({}));
        if (m_token.is(u")"))
            advance();
        return node;
    }

    ShellNode conditional()
    {
        static const QStringList ends{QStringLiteral("elif"), QStringLiteral("else"), QStringLiteral("fi")};
        ShellNode node;
        node.kind = Kind::If;
        do {
            advance(); // if, elif
            node.children.push_back(list({QStringLiteral("then")}));
            if (!takeWord(u"then"))
                return node;
            node.children.push_back(branch(ends));
        } while (m_token.isReserved(u"elif"));
        if (takeWord(u"else"))
            node.children.push_back(branch({QStringLiteral("fi")}));
        takeWord(u"fi");
        return node;
    }

    ShellNode loop()
    {
        advance();
        ShellNode node;
        node.kind = Kind::Loop;
        node.children.push_back(list({QStringLiteral("do")}));
        takeWord(u"do");
        node.children.push_back(branch({QStringLiteral("done")}));
        takeWord(u"done");
        return node;
    }

    /// `for x in a b`: each round is read by itself, for x may name what is run.
    ShellNode rounds()
    {
        advance();
        const QString name = m_token.text;
        advance();
        QStringList values;
        bool known = false;
        if (m_token.isReserved(u"in")) {
            known = true;
            for (advance(); m_token.kind == ShellToken::Kind::Word; advance()) {
                values.append(m_token.text);
                known = known && !m_token.text.contains(u'$') && !m_token.text.contains(u'*');
            }
        } else { // C style, or over the arguments
            while (m_token.kind != ShellToken::Kind::End && m_token.kind != ShellToken::Kind::Newline
                   && !m_token.is(u";") && !m_token.isReserved(u"do"))
                advance();
        }
        skipNewlines();
        const std::optional<QString> outer = variable(name);
        ShellNode node;
        const qsizetype body = m_words.position();
        const ShellToken first = m_token;
        const qsizetype count = known && !values.isEmpty() && values.size() <= mostRounds ? values.size() : 1;
        for (qsizetype i = 0; i < count; ++i) {
            m_words.setPosition(body);
            m_token = first;
            setVariable(name, count == values.size() && known ? std::optional(values[i]) : std::nullopt);
            takeWord(u"do");
            node.children.push_back(nodeOf(Kind::Group, list({QStringLiteral("done")})));
        }
        setVariable(name, outer);
        takeWord(u"done");
        return node;
    }

    ShellNode cases()
    {
        advance();
        advance(); // the subject
        ShellNode node;
        node.kind = Kind::Case;
        takeWord(u"in");
        while (true) {
            skipNewlines();
            if (m_token.kind == ShellToken::Kind::End || takeWord(u"esac"))
                return node;
            while (m_token.kind != ShellToken::Kind::End && !m_token.is(u")"))
                advance(); // the patterns
            if (m_token.is(u")"))
                advance();
            node.children.push_back(branch({QStringLiteral("esac")}));
            if (m_token.is(u";;") || m_token.is(u";&") || m_token.is(u";;&"))
                advance();
            else if (m_token.is(u")"))
                return node; // broken
        }
    }

    ShellNode function(const QString &name)
    {
        while (m_token.kind == ShellToken::Kind::Newline)
            advance();
        if (++m_nesting <= deepestNesting)
            m_functions.insert(name, std::make_shared<ShellNode>(command()));
        --m_nesting;
        return {};
    }

    ShellNode simple()
    {
        ShellCommand command;
        const qsizetype begin = m_token.begin;
        qsizetype end = begin;
        const bool brackets = m_token.kind == ShellToken::Kind::Word && m_token.text == u"[[";
        while (m_token.kind == ShellToken::Kind::Word
               || (brackets && m_token.kind == ShellToken::Kind::Operator && !command.words.contains(QStringLiteral("]]")))) {
            end = m_token.end;
            command.words.append(m_token.text);
            advance();
            if (command.words.size() == 1 && m_token.is(u"(") && m_token.begin == end) {
                advance();
                if (m_token.is(u")"))
                    advance();
                return function(command.words[0]);
            }
        }
        if (begin == end && m_token.kind == ShellToken::Kind::Operator) {
            if (!m_token.is(u")"))
                advance();
            return {};
        }
        takeAssignments(command);
        place(command, begin, end);
        return add(std::move(command));
    }

    void takeAssignments(ShellCommand &command)
    {
        static const QStringList declaring{QStringLiteral("export"), QStringLiteral("local"), QStringLiteral("readonly"),
                                           QStringLiteral("declare"), QStringLiteral("typeset")};
        qsizetype count = 0;
        while (count < command.words.size() && assignmentAt(command.words[count]) > 0)
            ++count;
        const bool only = count == command.words.size();
        const bool declares = !only && declaring.contains(command.words[count]);
        for (qsizetype i = declares ? count + 1 : 0; i < (declares ? command.words.size() : only ? count : 0); ++i) {
            const qsizetype value = assignmentAt(command.words[i]);
            const QString name = command.words[i].left(value - 1);
            const QString text = command.words[i].sliced(value);
            const bool known = value > 0 && !name.endsWith(u'+') && !text.contains(u'$') && !text.contains(u'`')
                && m_reader.m_branches.isEmpty();
            if (value > 0)
                setVariable(name, known ? std::optional(text) : std::nullopt);
        }
        command.words.remove(0, count);
    }

    std::optional<QString> variable(const QString &name) const
    {
        const auto it = m_reader.variables.constFind(name);
        return it == m_reader.variables.constEnd() ? std::nullopt : std::optional(*it);
    }

    void setVariable(const QString &name, const std::optional<QString> &value)
    {
        if (value)
            m_reader.variables.insert(name, *value);
        else
            m_reader.variables.remove(name);
    }

    void place(ShellCommand &command, qsizetype begin, qsizetype end) const
    {
        command.text = m_source.text.sliced(begin, end - begin).simplified();
        command.file = m_source.file;
        command.via = m_source.via;
        command.branches = m_reader.m_branches;
        command.span = m_source.whole;
        if (m_source.firstLine <= 0)
            return;
        const auto at = [this](qsizetype offset) {
            const QStringView before = QStringView(m_source.text).first(offset);
            const int line = int(before.count(u'\n'));
            const qsizetype start = before.lastIndexOf(u'\n') + 1;
            return std::pair(m_source.firstLine + line, int(offset - start) + 1 + m_source.indent);
        };
        const auto [line, column] = at(begin);
        const auto [endLine, endColumn] = at(end);
        command.span = {line, column, endLine, endColumn};
    }

    ShellNode add(ShellCommand command)
    {
        ShellNode node;
        if (command.words.isEmpty())
            return node;
        if (m_reader.m_script.commands.size() >= ShellReader::mostCommands) {
            m_reader.addOpaque(m_source.file);
            return node;
        }
        if (m_reader.depth >= ShellReader::deepest) {
            m_reader.addOpaque(command.text.left(80));
            return node;
        }
        node.kind = Kind::Command;
        node.command = m_reader.m_script.commands.size();
        m_reader.m_script.commands.push_back(command);
        if (const auto body = m_functions.constFind(command.words[0]); body != m_functions.constEnd()) {
            m_copied += sizeOf(**body); // functions that call functions grow beyond any bound
            if (m_copied < mostCopied)
                node.children.push_back(**body);
            else
                m_reader.addOpaque(command.words[0]);
        } else if (m_reader.m_follow) {
            ++m_reader.depth;
            std::optional<ShellNode> followed = m_reader.m_follow(command, m_reader);
            --m_reader.depth;
            if (followed)
                node.children.push_back(*std::move(followed));
        }
        return node;
    }

    ShellReader &m_reader;
    const ShellSource &m_source;
    ShellWords m_words;
    ShellToken m_token;
    QStringList m_split;
    QMap<QString, std::shared_ptr<ShellNode>> m_functions;
    size_t m_copied = 0;
    int m_nesting = 0;
};

ShellNode ShellReader::read(const ShellSource &source, const ShellOptions &options)
{
    ShellNode node = nodeOf(Kind::Process, ShellParser(*this, source).parse());
    node.options = options;
    return node;
}

ShellScript ShellReader::take(ShellNode root)
{
    m_script.root = std::move(root);
    m_script.opaque.removeDuplicates();
    return std::move(m_script);
}

void ShellReader::addOpaque(const QString &name)
{
    if (!name.isEmpty() && m_script.opaque.size() < 50)
        m_script.opaque.append(name);
}

} // namespace tenken
