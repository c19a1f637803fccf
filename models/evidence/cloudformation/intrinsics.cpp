// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/cloudformation/intrinsics.h>
#include <evidence/cloudformation/template.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

Intrinsic longIntrinsicOf(Yaml node)
{
    if (!node.isMap() || node.size() != 1)
        return {};
    const auto [key, value] = node.entries().front();
    const QString name = key.string();
    if (name == u"Ref" || name == u"Condition")
        return {name, value, false};
    return name.startsWith(u"Fn::") ? Intrinsic{name.sliced(4), value, false} : Intrinsic{};
}

Intrinsic intrinsicOf(Yaml node)
{
    const std::string_view tag = node.tag();
    if (tag.size() > 1 && tag.front() == '!' && tag[1] != '!')
        return {QString::fromUtf8(tag.data() + 1, qsizetype(tag.size()) - 1), node, true};
    return longIntrinsicOf(node);
}

bool isNoValue(Yaml node)
{
    const Intrinsic f = intrinsicOf(node);
    return f.name == u"Ref" && f.argument.string() == u"AWS::NoValue";
}

namespace
{

constexpr int deepest = 40;
constexpr int mostSteps = 20'000;
constexpr qsizetype longest = 64 * 1024;

/// Works a value out. Bounded: imports may lead in circles, and joins of joins may grow without end.
class Resolver
{
public:
    explicit Resolver(const CloudFormation &all) : m_all(all) {}

    CfnText text(const CfnTemplate &in, Yaml node, int depth = 0);
    CfnItem value(const CfnTemplate &in, Yaml node, int depth = 0);
    std::vector<CfnItem> list(const CfnTemplate &in, Yaml node, int depth = 0);

private:
    CfnText apply(const CfnTemplate &in, const Intrinsic &f, int depth);
    CfnText ref(const CfnTemplate &in, const QString &name);
    CfnText attribute(const CfnTemplate &in, Yaml argument);
    CfnText sub(const CfnTemplate &in, Yaml argument, int depth);
    CfnText join(const CfnTemplate &in, Yaml argument, int depth);
    CfnText select(const CfnTemplate &in, Yaml argument, int depth);
    CfnText inMap(const CfnTemplate &in, Yaml argument, int depth);
    CfnText imported(const CfnTemplate &in, const Intrinsic &f, int depth);
    CfnText argumentText(const CfnTemplate &in, const Intrinsic &f, int depth);
    bool spent(int depth) { return depth > deepest || ++m_steps > mostSteps; }

    const CloudFormation &m_all;
    int m_steps = 0;
};

CfnText literal(const QString &text)
{
    return {text, text, {}, true, false};
}

CfnText unknownText(const QString &name)
{
    const QString text = u"${"_s + name + u'}';
    return {text, text, {}, false, false};
}

CfnText unresolved(const QString &function)
{
    return unknownText(u"Fn::"_s + function);
}

void append(CfnText &text, const CfnText &more)
{
    if (text.text.size() + more.text.size() > longest)
        text = unresolved(u"TooLong"_s);
    text.text += more.text;
    text.assumed += more.assumed;
    text.targets.insert(text.targets.end(), more.targets.begin(), more.targets.end());
    text.known = text.known && more.known;
    text.conditional = text.conditional || more.conditional;
}

CfnText Resolver::ref(const CfnTemplate &in, const QString &name)
{
    CfnText result = unknownText(name);
    if (const CfnResource *resource = in.resource(name)) {
        result.targets.push_back({&in, resource});
    } else if (const Yaml parameter = in.root["Parameters"][name.toStdString()];
               parameter["Default"].isScalar()) {
        result.assumed = parameter["Default"].string();
    } else if (!parameter && !name.startsWith(u"AWS::")) {
        return unresolved(name); // names nothing in this template
    }
    return result;
}

// "A.B" or [A, B]
CfnText Resolver::attribute(const CfnTemplate &in, Yaml argument)
{
    const QString name = argument.isSequence() ? argument.strings().join(u'.') : argument.string();
    const CfnResource *resource = in.resource(name.section(u'.', 0, 0));
    if (!resource)
        return unresolved(u"GetAtt"_s);
    CfnText result = unknownText(name);
    result.targets.push_back({&in, resource});
    return result;
}

CfnText Resolver::sub(const CfnTemplate &in, Yaml argument, int depth)
{
    static const QRegularExpression variable(u"\\$\\{([^}]*)\\}"_s);
    const QString pattern = argument.isSequence() ? argument.at(0).string() : argument.string();
    const Yaml own = argument.at(1);
    CfnText result;
    qsizetype at = 0;
    for (auto it = variable.globalMatch(pattern); it.hasNext();) {
        const auto match = it.next();
        append(result, literal(pattern.sliced(at, match.capturedStart() - at)));
        at = match.capturedEnd();
        const QString name = match.captured(1).trimmed();
        if (name.startsWith(u'!'))
            append(result, literal(u"${"_s + name.sliced(1) + u'}'));
        else if (const Yaml value = own[name.toStdString()])
            append(result, text(in, value, depth + 1));
        else if (name.contains(u'.') && in.resource(name.section(u'.', 0, 0))) {
            append(result, unknownText(name));
            result.targets.push_back({&in, in.resource(name.section(u'.', 0, 0))});
        } else
            append(result, ref(in, name));
        if (spent(depth))
            return unresolved(u"Sub"_s);
    }
    append(result, literal(pattern.sliced(at)));
    return result;
}

CfnText Resolver::join(const CfnTemplate &in, Yaml argument, int depth)
{
    if (!argument.at(1).isSequence())
        return unresolved(u"Join"_s);
    CfnText result;
    const CfnText delimiter = literal(argument.at(0).string());
    bool first = true;
    for (const CfnItem &item : list(in, argument.at(1), depth + 1)) {
        if (!first)
            append(result, delimiter);
        append(result, text(in, item.node, depth + 1));
        result.conditional = result.conditional || item.conditional;
        first = false;
    }
    return result;
}

CfnText Resolver::select(const CfnTemplate &in, Yaml argument, int depth)
{
    bool ok = false;
    const int index = argument.at(0).string().toInt(&ok);
    const Yaml from = argument.at(1);
    if (!ok || index < 0)
        return unresolved(u"Select"_s);
    if (const Intrinsic f = intrinsicOf(from); f.name == u"Split") {
        const CfnText whole = text(in, f.argument.at(1), depth + 1);
        const QStringList parts = whole.text.split(f.argument.at(0).string());
        return whole.known && index < parts.size() ? literal(parts.at(index)) : unresolved(u"Split"_s);
    }
    return from.isSequence() && index < from.size() ? text(in, from.at(index), depth + 1)
                                                    : unresolved(u"Select"_s);
}

CfnText Resolver::inMap(const CfnTemplate &in, Yaml argument, int depth)
{
    const CfnText map = text(in, argument.at(0), depth + 1), top = text(in, argument.at(1), depth + 1),
                  second = text(in, argument.at(2), depth + 1);
    const Yaml entries = in.root["Mappings"][map.text.toStdString()];
    if (top.known && second.known) {
        const Yaml found = entries[top.text.toStdString()][second.text.toStdString()];
        return found.isScalar() ? literal(found.string()) : unresolved(u"FindInMap"_s);
    }
    // By region or stage: known all the same where every one says the same.
    QStringList values;
    for (const auto &[key, value] : entries.entries())
        values << value[second.text.toStdString()].string();
    values.removeDuplicates();
    return second.known && values.size() == 1 && !values.front().isEmpty() ? literal(values.front())
                                                                           : unresolved(u"FindInMap"_s);
}

CfnText Resolver::argumentText(const CfnTemplate &in, const Intrinsic &f, int depth)
{
    const Intrinsic inner = f.tagged ? longIntrinsicOf(f.argument) : Intrinsic{};
    if (!inner.name.isEmpty())
        return apply(in, inner, depth + 1);
    return f.tagged ? literal(f.argument.string()) : text(in, f.argument, depth + 1);
}

CfnText Resolver::imported(const CfnTemplate &in, const Intrinsic &f, int depth)
{
    const CfnText name = argumentText(in, f, depth);
    for (const CfnTemplate &other : m_all.templates) {
        for (const auto &[key, output] : other.root["Outputs"].entries()) {
            const Yaml exported = output["Export"]["Name"];
            if (exported && name.known && text(other, exported, depth + 1).text == name.text)
                return text(other, output["Value"], depth + 1);
        }
    }
    return unresolved(u"ImportValue"_s);
}

CfnText Resolver::apply(const CfnTemplate &in, const Intrinsic &f, int depth)
{
    if (spent(depth))
        return unresolved(f.name);
    if (f.name == u"Ref")
        return ref(in, f.argument.string());
    if (f.name == u"GetAtt")
        return attribute(in, f.argument);
    if (f.name == u"Sub")
        return sub(in, f.argument, depth);
    if (f.name == u"Join")
        return join(in, f.argument, depth);
    if (f.name == u"Select")
        return select(in, f.argument, depth);
    if (f.name == u"FindInMap")
        return inMap(in, f.argument, depth);
    if (f.name == u"ImportValue")
        return imported(in, f, depth);
    if (f.name == u"If") {
        CfnText chosen;
        for (const qsizetype branch : {1, 2}) {
            if (chosen.isEmpty() && !isNoValue(f.argument.at(branch)))
                chosen = text(in, f.argument.at(branch), depth + 1);
        }
        chosen.conditional = true;
        return chosen;
    }
    return unresolved(f.name);
}

CfnText Resolver::text(const CfnTemplate &in, Yaml node, int depth)
{
    if (spent(depth))
        return unresolved(u"Depth"_s);
    const Intrinsic f = intrinsicOf(node);
    if (!f.name.isEmpty())
        return apply(in, f, depth);
    return node.isScalar()                ? literal(node.string())
        : node.exists() && !node.isNull() ? unresolved(u"Value"_s)
                                          : CfnText{};
}

CfnItem Resolver::value(const CfnTemplate &in, Yaml node, int depth)
{
    const Intrinsic f = intrinsicOf(node);
    if (f.name != u"If")
        return {isNoValue(node) ? Yaml() : node, false};
    CfnItem chosen;
    for (const qsizetype branch : {1, 2}) {
        if (!chosen.node && !spent(depth))
            chosen = value(in, f.argument.at(branch), depth + 1);
    }
    chosen.conditional = true;
    return chosen;
}

std::vector<CfnItem> Resolver::list(const CfnTemplate &in, Yaml node, int depth)
{
    const CfnItem whole = value(in, node, depth);
    if (!whole.node || whole.node.isNull())
        return {};
    if (!whole.node.isSequence() || (!intrinsicOf(whole.node).name.isEmpty()))
        return {whole};
    std::vector<CfnItem> items;
    for (const Yaml element : whole.node.items()) {
        CfnItem item = value(in, element, depth + 1);
        item.conditional = item.conditional || whole.conditional;
        if (item.node)
            items.push_back(item);
    }
    return items;
}

} // namespace

CfnText CloudFormation::text(const CfnTemplate &in, Yaml value) const
{
    return Resolver(*this).text(in, value);
}

std::vector<CfnItem> CloudFormation::list(const CfnTemplate &in, Yaml value) const
{
    return Resolver(*this).list(in, value);
}

CfnItem CloudFormation::value(const CfnTemplate &in, Yaml value) const
{
    return Resolver(*this).value(in, value);
}

} // namespace tenken
