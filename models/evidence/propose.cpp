// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/discover.h>

#include <QFileInfo>
#include <QRegularExpression>
#include <QTextStream>

namespace tenken {

namespace {

/// A scalar that YAML reads back as the same text.
QString scalar(const QString &text)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z./_][A-Za-z0-9./_-]*$"));
    static const QRegularExpression special(QStringLiteral("^(true|false|yes|no|on|off|null|y|n|~|\\.)$"),
                                            QRegularExpression::CaseInsensitiveOption);
    if (plain.match(text).hasMatch() && !special.match(text).hasMatch())
        return text;
    QString escaped = text;
    escaped.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    escaped.replace(u'\n', QStringLiteral("\\n")).replace(u'\t', QStringLiteral("\\t")).replace(u'\r', QStringLiteral("\\r"));
    return u'"' + escaped + u'"';
}

class Proposal
{
public:
    Proposal(const Discovery &found, Lang lang) : m_found(found), m_lang(lang) { }

    QByteArray text()
    {
        head();
        evidence();
        numbers();
        m_out.flush();
        return m_text.toUtf8();
    }

private:
    void comment(const Text &text, const QString &indent = {}) { m_out << indent << "# " << text.in(m_lang) << '\n'; }

    void head()
    {
        comment({"Tenken が読むサービスの説明。Tenken はこのファイルを書き換えません。",
                 "What people say of this service. Tenken reads this file and never changes it."});
        comment({"書き方: tenken の checklists/service.md。# の行は、分かったら # を外して埋めてください。",
                 "Format: checklists/service.md of Tenken. Take the # off a line once its value is known."});
        m_out << "format: tenken.service/1\nid: " << scalar(m_found.id) << '\n';
        m_out << "name: {ja: " << scalar(m_found.id) << ", en: " << scalar(m_found.id) << "}\n";
        m_out << "# team: identity-platform\n\nplatform:\n";
        m_out << "  # kubernetes: \"1.31\"\n  # zones: 3\n";
        if (m_found.usesIstio)
            m_out << "  mesh: istio\n  # istio: \"1.22\"\n";
        else
            comment({"mesh: none と書くと、サービスメッシュの項目は対象外になります。",
                     "mesh: none makes the service-mesh items not applicable."}, QStringLiteral("  "));
    }

    void list(const char *key, const QStringList &values)
    {
        if (values.isEmpty()) {
            m_out << "  " << key << ": []\n";
            return;
        }
        m_out << "  " << key << ":\n";
        for (const QString &value : values)
            m_out << "    - " << scalar(value) << '\n';
    }

    void evidence()
    {
        m_out << "\nevidence:\n";
        list("manifests", m_found.manifests);
        list("pipelines", m_found.pipelines);
        loadTests();
        if (m_found.datadogFolder.isEmpty())
            m_out << "  # datadog: readiness/datadog\n";
        else
            m_out << "  datadog: " << scalar(m_found.datadogFolder) << '\n';
        prometheus();
        if (m_found.guides.empty()) {
            m_out << "  documents: []\n";
        } else {
            m_out << "  documents:\n";
            for (const auto &guide : m_found.guides)
                m_out << "    - {role: " << guide.role << ", file: " << scalar(guide.file) << "}\n";
        }
    }

    void prometheus()
    {
        if (m_found.prometheusRules.isEmpty() && m_found.alertmanager.isEmpty())
            return;
        m_out << "  prometheus:\n";
        for (const auto &[key, files] : {std::pair{"rules", m_found.prometheusRules}, {"alertmanager", m_found.alertmanager}}) {
            if (files.isEmpty())
                continue;
            m_out << "    " << key << ":\n";
            for (const QString &file : files)
                m_out << "      - " << scalar(file) << '\n';
        }
    }

    void loadTests()
    {
        if (m_found.loadTests.empty()) {
            m_out << "  loadtests: []\n";
            return;
        }
        m_out << "  loadtests:\n";
        int number = 0;
        for (const auto &test : m_found.loadTests) {
            m_out << "    - id: " << scalar(QStringLiteral("%1-%2").arg(test.tool).arg(++number)) << '\n'
                  << "      file: " << scalar(test.file) << '\n';
            if (test.pods > 0)
                m_out << "      pods: " << test.pods << '\n';
            else {
                m_out << "      # pods: 1";
                m_out << "    # " << Text{"ファイルからは分かりません", "the file cannot tell"}.in(m_lang) << '\n';
            }
        }
    }

    void numbers()
    {
        m_out << '\n';
        comment({"1 Pod の処理量 (req/s) と、行事ごとのピーク (サービス全体)。",
                 "Throughput of one Pod (req/s), and the peak of each event over the whole service."});
        m_out << "# capacity:\n#   per-pod: 140\n#   events:\n"
                 "#     - {id: normal, name: {ja: 平常時, en: Normal}, peak: 1000}\n"
                 "#     - {id: new-year, name: {ja: 正月, en: New Year}, peak: 8000}\n";
        m_out << "# targets:\n#   latency: {percentile: p99, milliseconds: 200}\n#   error-rate: \"0.1 %\"\n";
        comment({"測った秒数: 起動から ready、SIGTERM の処理、処理中の要求を返し切るまで。",
                 "Measured seconds: start until ready, handling of SIGTERM, finishing requests in flight."});
        m_out << "# timing: {start-seconds: 40, sigterm-seconds: 2, drain-seconds: 20}\n";
        comment({"依存先がなければ dependencies: [] と書きます。", "Write dependencies: [] when there are none."});
        m_out << "# dependencies:\n#   - {id: users-db, kind: mysql, host: users-db.internal}\n";
    }

    const Discovery &m_found;
    Lang m_lang;
    QString m_text;
    QTextStream m_out{&m_text};
};

} // namespace

QByteArray proposeServiceFile(const Discovery &found, Lang commentLanguage)
{
    return Proposal(found, commentLanguage).text();
}

} // namespace tenken
