// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>
#include <evidence/secretkeys.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

/// Tokens that tell by themselves what they are. Each begins at the edge of a word, so every character is looked
/// at a bounded number of times whatever the text.
const QRegularExpression &tokens()
{
    static const QRegularExpression expression(QStringLiteral(
        R"((?<![A-Za-z0-9_\-])(?:)"
        R"((?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9]))"
        R"(|gh[pousr]_[A-Za-z0-9]{20,255}+)"
        R"(|github_pat_[A-Za-z0-9_]{20,255}+)"
        R"(|gl(?:pat|ptt|dt|rt|cbt|ft|soat|agent)-[A-Za-z0-9_\-]{20,255}+)"
        R"(|xox[abeoprs]-[A-Za-z0-9\-]{10,255}+|xapp-[A-Za-z0-9\-]{10,255}+)"
        R"(|dd(?:api|app|pat)_[A-Za-z0-9]{20,255}+)"
        R"(|[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}+|whsec_[A-Za-z0-9+/=]{16,255}+|shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}(?![A-Za-z0-9]))"
        R"(|hv[sbr]\.[A-Za-z0-9_\-]{20,255}+|sk-(?:ant|proj)-[A-Za-z0-9_\-]{20,255}+|dckr_pat_[A-Za-z0-9_\-]{20,255}+)"
        R"(|pypi-AgE[A-Za-z0-9_\-]{20,512}+|hf_[A-Za-z0-9]{30,255}+|ya29\.[A-Za-z0-9_\-]{20,512}+|GOCSPX-[A-Za-z0-9_\-]{20,255}+)"
        R"(|NRAK-[A-Z0-9]{20,255}+|AGE-SECRET-KEY-1[A-Z0-9]{40,255}+|ATATT3[A-Za-z0-9_\-=]{20,512}+|lin_api_[A-Za-z0-9]{20,255}+)"
        R"(|[0-9]{8,10}:AA[A-Za-z0-9_\-]{33}(?![A-Za-z0-9_\-]))"
        R"(|SG\.[A-Za-z0-9_\-]{16,64}+\.[A-Za-z0-9_\-]{16,64}+)"
        R"(|sntr[sy]s?_[A-Za-z0-9_\-=]{20,512}+|npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])|AIza[A-Za-z0-9_\-]{35}(?![A-Za-z0-9]))"
        R"(|eyJ[A-Za-z0-9_\-]{8,4096}+\.[A-Za-z0-9_\-]{8,8192}+\.[A-Za-z0-9_\-]{4,4096}+))"));
    return expression;
}

/// Key and user with password inside URLs; incoming webhooks, whose address is the secret; shared access signatures.
const QRegularExpression &urls()
{
    static const QRegularExpression expression(QStringLiteral(
        R"(://(?:([^\s/@:"'<>]{0,256}+):([^\s/"'<>]{1,512})@|([A-Za-z0-9]{16,128}+)@))"
        R"(|hooks\.slack\.com/services/([A-Za-z0-9/_]{8,200}+))"
        R"(|discord(?:app)?\.com/api/webhooks/[0-9]{1,30}+/([A-Za-z0-9_\-]{20,200}+))"
        R"(|\.webhook\.office\.com/webhookb2/([A-Za-z0-9@/_\-]{8,300}+))"
        R"(|\.pagerduty\.com/(?:integration|generic/[0-9\-]{1,20}+|x-ere)/([A-Za-z0-9]{16,64}+))"
        R"(|[?&;]sig=([A-Za-z0-9%+/=_\-]{16,200}+))"));
    return expression;
}

const QRegularExpression &authorization()
{
    static const QRegularExpression expression(
        QStringLiteral(R"(\b(?:Authorization["']?\s{0,8}[:=]\s{0,8}["']?(?:(?:Bearer|Basic|Token|Digest|ApiKey|key)\s{1,8})?|Bearer\s{1,8}))"
                       R"(([A-Za-z0-9._~+/=\-]{8,8192}+))"),
        QRegularExpression::CaseInsensitiveOption);
    return expression;
}

using Parts = std::vector<std::pair<qsizetype, qsizetype>>;

/// Replaces the parts [begin, end) of a line, given in order.
QString withMasks(const QString &line, const Parts &parts)
{
    QString out;
    qsizetype at = 0;
    for (const auto &[begin, end] : parts) {
        if (begin < at)
            continue;
        out += QStringView(line).sliced(at, begin - at);
        out += secretMask;
        at = end;
    }
    out += QStringView(line).sliced(at);
    return out;
}

void maskTokens(QString &line)
{
    Parts parts;
    for (auto it = tokens().globalMatch(line); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        parts.emplace_back(match.capturedStart(), match.capturedEnd());
    }
    if (!parts.empty())
        line = withMasks(line, parts);
}

void maskUrls(QString &line)
{
    if (!line.contains(u"://") && !line.contains(u".com/") && !line.contains(u"sig="))
        return;
    Parts parts;
    for (auto it = urls().globalMatch(line); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        if (match.hasCaptured(2)) {
            if (looksRandom(match.captured(1))) // a DSN's public key
                parts.emplace_back(match.capturedStart(1), match.capturedEnd(1));
            if (!isReference(match.captured(2)))
                parts.emplace_back(match.capturedStart(2), match.capturedEnd(2));
        } else {
            const int group = match.lastCapturedIndex();
            parts.emplace_back(match.capturedStart(group), match.capturedEnd(group));
        }
    }
    if (!parts.empty())
        line = withMasks(line, parts);
}

void maskAuthorization(QString &line)
{
    if (!line.contains(u"authorization", Qt::CaseInsensitive) && !line.contains(u"bearer", Qt::CaseInsensitive))
        return;
    Parts parts;
    for (auto it = authorization().globalMatch(line); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const bool named = match.captured(0).startsWith(u"auth", Qt::CaseInsensitive);
        const QString value = match.captured(1);
        // "Bearer authentication" is prose, and "Authorization: required" is too.
        const bool hasDigit = std::ranges::any_of(value, [](QChar c) { return c.isDigit(); });
        if (hasDigit || (named && value.size() >= 16))
            parts.emplace_back(match.capturedStart(1), match.capturedEnd(1));
    }
    if (!parts.empty())
        line = withMasks(line, parts);
}

bool isKeyCharacter(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.'; }

/// The word that ends in front of a separator, quotation marks and spaces between them left out.
QStringView keyBefore(QStringView line, qsizetype separator)
{
    constexpr qsizetype longest = 100;
    qsizetype end = separator;
    while (end > 0 && (line[end - 1] == u' ' || line[end - 1] == u'"' || line[end - 1] == u'\'' || line[end - 1] == u'\\'))
        --end;
    qsizetype begin = end;
    while (begin > 0 && end - begin <= longest && isKeyCharacter(line[begin - 1]))
        --begin;
    return line.sliced(begin, end - begin);
}

/// The value behind a separator: inside its quotation marks, else to the end of the argument or, in YAML, the line.
std::pair<qsizetype, qsizetype> valueAfter(QStringView line, qsizetype separator)
{
    qsizetype begin = separator + 1;
    while (begin < line.size() && (line[begin] == u' ' || line[begin] == u'\t' || line[begin] == u'\\'))
        ++begin;
    if (begin < line.size() && (line[begin] == u'"' || line[begin] == u'\'')) {
        qsizetype end = begin + 1;
        while (end < line.size() && line[end] != line[begin])
            end += line[end] == u'\\' ? 2 : 1;
        return {begin + 1, std::min(end, line.size())};
    }
    const bool yaml = line[separator] == u':' && begin > separator + 1;
    qsizetype end = begin;
    while (end < line.size()) {
        const QChar c = line[end];
        if (c == u'\r' || c == u',' || c == u'}' || c == u']' || (c == u'#' && end > begin && line[end - 1] == u' '))
            break;
        if (!yaml && (c == u' ' || c == u'&' || c == u';' || c == u'"' || c == u'\'' || c == u')' || c == u'<'))
            break;
        ++end;
    }
    while (end > begin && line[end - 1] == u' ')
        --end;
    return {begin, end};
}

bool isJapanese(QStringView key) { return !key.isEmpty() && key.last(1)[0].unicode() >= 0x3000; }

/// What one types into a field, not a sentence about it.
bool isTyped(QStringView value)
{
    return std::ranges::all_of(value, [](QChar c) { return c > u' ' && c.unicode() < 0x7f; });
}

/// `key: value`, `KEY=value`, `--key=value`, `"key": "value"`, anywhere in a line.
void maskValues(QString &line)
{
    Parts parts;
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line[i] != u':' && line[i] != u'=' && line[i] != u'：')
            continue;
        const QStringView key = keyBefore(line, i);
        const SecretKey kind = secretKeyKind(key);
        if (kind == SecretKey::No)
            continue;
        const auto [begin, end] = valueAfter(line, i);
        if (isJapanese(key) && !isTyped(QStringView(line).sliced(begin, std::max(begin, end) - begin)))
            continue;
        if (end > begin && isSecretValue(kind, QStringView(line).sliced(begin, end - begin))) {
            parts.emplace_back(begin, end);
            i = end - 1;
        }
    }
    if (!parts.empty())
        line = withMasks(line, parts);
}

/// `--password value` and the like.
void maskOptions(QString &line)
{
    Parts parts;
    for (qsizetype at = line.indexOf(u"--"); at >= 0; at = line.indexOf(u"--", at + 2)) {
        qsizetype end = at + 2;
        while (end < line.size() && isKeyCharacter(line[end]))
            ++end;
        if (end >= line.size() || line[end] != u' ' || secretKeyKind(QStringView(line).sliced(at + 2, end - at - 2)) == SecretKey::No)
            continue;
        const auto [begin, stop] = valueAfter(line, end);
        const SecretKey kind = secretKeyKind(QStringView(line).sliced(at + 2, end - at - 2));
        const qsizetype word = std::min(stop, line.indexOf(u' ', begin) < 0 ? stop : line.indexOf(u' ', begin));
        if (word > begin && line[begin] != u'-' && isSecretValue(kind, QStringView(line).sliced(begin, word - begin)))
            parts.emplace_back(begin, word);
    }
    if (!parts.empty())
        line = withMasks(line, parts);
}

/// `mysql -pSecret`, `curl -u user:secret`: options that mean a password to one program only.
void maskProgramOptions(QString &line)
{
    static const QRegularExpression options(QStringLiteral(
        R"(\b(?:mysql(?:dump|admin)?|mariadb(?:-dump|-admin)?) (?:[^|;&]{0,200}? )?-p(?![0-9]{1,5}:[0-9])([^\s"'|;&]{1,200}+))"
        R"(|\bcurl (?:[^|;&]{0,300}? )?(?:-u|--user)[ =]?["']?[^\s:"']{1,100}+:([^\s"']{1,200}+))"));
    if (!line.contains(u"-p") && !line.contains(u"-u"))
        return;
    Parts parts;
    for (auto it = options.globalMatch(line); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const int group = match.lastCapturedIndex();
        if (isSecretValue(SecretKey::Password, match.captured(group)))
            parts.emplace_back(match.capturedStart(group), match.capturedEnd(group));
    }
    if (!parts.empty())
        line = withMasks(line, parts);
}

/// Containers name an environment variable in one line and its value in the next, or both in one.
class EnvironmentPairs
{
public:
    void mask(QString &line)
    {
        static const QRegularExpression name(QStringLiteral(R"(\bname["']?\s{0,8}:\s{0,8}["']?([\w.\-]{1,100}+))"));
        static const QRegularExpression value(QStringLiteral(R"((?<![\w.\-])value["']?\s{0,8}(:))"));
        const bool hasName = line.contains(u"name");
        if (hasName) {
            const QRegularExpressionMatch match = name.match(line);
            m_kind = match.hasMatch() ? secretKeyKind(match.capturedView(1)) : m_kind;
        }
        if (m_kind == SecretKey::No || !line.contains(u"value"))
            return;
        const QRegularExpressionMatch match = value.match(line);
        if (match.hasMatch()) {
            const auto [begin, end] = valueAfter(line, match.capturedStart(1));
            if (end > begin && isSecretValue(m_kind, QStringView(line).sliced(begin, end - begin)))
                line.replace(begin, end - begin, secretMask);
        }
        m_kind = SecretKey::No;
    }

private:
    SecretKey m_kind = SecretKey::No;
};

} // namespace

QString maskSecrets(const QString &text)
{
    QStringList lines = maskKeyBlocks(maskSecretObjects(text)).split(u'\n');
    EnvironmentPairs pairs;
    for (QString &line : lines) {
        maskTokens(line);
        maskUrls(line);
        maskAuthorization(line);
        maskValues(line);
        maskOptions(line);
        maskProgramOptions(line);
        pairs.mask(line);
    }
    return lines.join(u'\n');
}

bool turnsText(QChar c)
{
    const char16_t code = c.unicode();
    return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0x200e || code == 0x200f
        || code == 0x061c || code == 0x2028 || code == 0x2029;
}

QString visible(QString text)
{
    constexpr char16_t pictures = 0x2400, deletePicture = 0x2421;
    for (QChar &c : text) {
        const char16_t code = c.unicode();
        if (turnsText(c))
            c = QChar::ReplacementCharacter;
        else if (code < 0x20)
            c = QChar(char16_t(pictures + code));
        else if (code == 0x7f)
            c = QChar(deletePicture);
        else if (code > 0x7f && code < 0xa0)
            c = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace tenken
