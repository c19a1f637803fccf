// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/commandoptions.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

/// What an image build gives out: the values of `--output` and its like, not those of caches.
QString outputsOf(const QStringList &words)
{
    static const QStringList options{QStringLiteral("-o"), QStringLiteral("--output"), QStringLiteral("--set"), QStringLiteral("--exporter-opt")};
    QString outputs;
    for (qsizetype i = 1; i < words.size(); ++i) {
        for (const QString &option : options) {
            if (words[i] == option)
                outputs += words.value(i + 1) + u' ';
            else if (words[i].startsWith(option + u'='))
                outputs += words[i].sliced(option.size() + 1) + u' ';
        }
    }
    return outputs;
}

} // namespace

std::optional<QString> optionValue(const QStringList &words, const QString &option)
{
    if (!option.startsWith(u'-') && option.contains(u'='))
        return outputsOf(words).contains(option) ? std::optional(QString()) : std::nullopt;
    const QString name = option.section(u'=', 0, 0), wanted = option.section(u'=', 1);
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QString &word = words[i];
        if (word == option)
            return words.value(i + 1).startsWith(u'-') ? QString() : words.value(i + 1);
        if (wanted.isEmpty() && word.startsWith(option + u'='))
            return word.sliced(option.size() + 1);
        if (!wanted.isEmpty() && word == name && words.value(i + 1) == wanted)
            return QString();
    }
    return {};
}

bool hasOption(const QStringList &words, const QStringList &options)
{
    return std::ranges::any_of(options, [&](const QString &option) {
        const auto value = optionValue(words, option);
        return value && *value != u"false";
    });
}

bool hasLetter(const QString &word, QStringView letters)
{
    static const QRegularExpression plain(QStringLiteral("^-[bBdehikLmnpqrRsStvw]+$"));
    return plain.match(word).hasMatch() && std::ranges::any_of(letters, [&](QChar c) { return word.contains(c); });
}

bool onlyTells(const QString &program, const QString &option)
{
    static const QStringList tasks{QStringLiteral("make"), QStringLiteral("gmake"), QStringLiteral("just"), QStringLiteral("task"),
                                   QStringLiteral("rake"), QStringLiteral("mage"), QStringLiteral("invoke"), QStringLiteral("inv")};
    static const QStringList versionByV{
        QStringLiteral("eslint"), QStringLiteral("stylelint"), QStringLiteral("hadolint"), QStringLiteral("yamllint"),
        QStringLiteral("jest"), QStringLiteral("vitest"), QStringLiteral("tsc"), QStringLiteral("prettier"), QStringLiteral("trivy"),
        QStringLiteral("snyk"), QStringLiteral("dockle"), QStringLiteral("tflint"), QStringLiteral("checkov"), QStringLiteral("kubeconform"),
        QStringLiteral("rspec"), QStringLiteral("mvn"), QStringLiteral("mvnw"), QStringLiteral("gradle"), QStringLiteral("gradlew"),
        QStringLiteral("make"), QStringLiteral("gmake")};
    static const QStringList verboseByV{QStringLiteral("ctest"), QStringLiteral("mvn"), QStringLiteral("mvnw")};
    if (option == u"--version" || option == u"--help" || option == u"-h" || option == u"--dry-run" || option == u"--dry-run=true")
        return true;
    if (option == u"-V")
        return !verboseByV.contains(program);
    if (option == u"-v")
        return versionByV.contains(program);
    if (option == u"--list" || option == u"--listTests" || option == u"--listenvs")
        return true;
    if (option.startsWith(u"--list-"))
        return option != u"--list-different" && option != u"--list-all-pkgs";
    if (program == u"make" || program == u"gmake")
        return option == u"--just-print" || option == u"--recon" || option == u"--question" || option == u"--touch" || hasLetter(option, u"nqt");
    if (tasks.contains(program))
        return option == u"-n" || option == u"-l" || option == u"--dry" || option == u"--summary" || (program == u"rake" && option == u"-T");
    return (program == u"gradlew" || program == u"gradle") && option == u"-m";
}

} // namespace tenken
