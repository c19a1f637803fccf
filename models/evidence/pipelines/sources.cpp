// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/sources.h>

#include <QDir>

namespace tenken {

void PipelineSources::report(const QString &file, Yaml node, const Text &message, const Text &hint) const
{
    constexpr size_t most = 200;
    if (problems && problems->size() < most)
        problems->push_back({file, node.span(), message, hint});
}

QString pathBelow(const QString &folder, const QString &path)
{
    if (path.startsWith(u'/'))
        return {};
    const QString clean = QDir::cleanPath(folder.isEmpty() ? path : folder + u'/' + path);
    return clean == u".." || clean.startsWith(u"../") ? QString() : clean;
}

ShellSource shellSource(const QString &text, Yaml node, const YamlFile &file)
{
    ShellSource source{text, file.name(), node.span(), 0, 0, {}};
    if (!text.contains(u'\n')) {
        source.firstLine = node.span().line == node.span().endLine ? node.span().line : 0;
        source.indent = node.span().column - 1 + (node.isQuoted() ? 1 : 0);
        return source;
    }
    const QByteArray &bytes = file.text();
    qsizetype at = 0;
    for (int line = 1; line < node.span().line && at >= 0; ++line)
        at = bytes.indexOf('\n', at) + 1;
    const qsizetype newline = bytes.indexOf('\n', at);
    const QString header = QString::fromUtf8(bytes.sliced(at, (newline < 0 ? bytes.size() : newline) - at));
    if (newline < 0 || header.mid(node.span().column - 1, 1) != u"|")
        return source; // folded: lines of the text are not lines of the file
    source.firstLine = node.span().line + 1;
    for (qsizetype i = newline + 1; i < bytes.size() && (bytes[i] == ' ' || bytes[i] == '\n'); ++i)
        source.indent = bytes[i] == '\n' ? 0 : source.indent + 1;
    return source;
}

std::shared_ptr<const ShellScript> readScript(const std::vector<ShellSource> &parts, const ShellOptions &options,
                                              const QMap<QString, QString> &variables, const ShellFollow &follow)
{
    ShellReader reader(follow);
    reader.variables = variables;
    ShellNode root;
    root.kind = ShellNode::Kind::Process;
    root.options = options;
    for (const ShellSource &part : parts) {
        ShellNode node = reader.read(part, options);
        node.kind = ShellNode::Kind::Group; // one shell runs all parts
        root.children.push_back(std::move(node));
    }
    return std::make_shared<const ShellScript>(reader.take(std::move(root)));
}

} // namespace tenken
