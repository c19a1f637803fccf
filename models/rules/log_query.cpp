// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>
#include <rules/all.h>
#include <rules/infrastructure.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

const Text &title()
{
    static const Text text{"アクセスログの検索", "Querying access logs"};
    return text;
}

/// The bucket that logs end up in, and where in it.
struct Store {
    BucketPlace bucket;
    QString prefix;
    bool dated = false; ///< after the prefix comes a date
};

// Those of the streams that Fluent Bit writes to; without its configuration those of every stream.
std::vector<Store> storesOf(const RuleContext &context)
{
    std::vector<Store> stores;
    const auto add = [&](const Delivery &d) {
        const bool known = std::ranges::any_of(
            stores, [&](const Store &s) { return isSameBucket(s.bucket, d.bucket) && s.prefix == d.prefix && s.dated == d.dated; });
        if (d.bucket.isKnown() && d.keeps != Delivery::Keeps::FailuresOnly && !known)
            stores.push_back({d.bucket, d.prefix, d.dated});
    };
    for (const LogRoute &route : logRoutes(context)) {
        for (const auto &[delivery, fit] : route.deliveries)
            add(delivery);
    }
    if (stores.empty()) {
        for (const Delivery &d : deliveriesOf(*context.evidence.cloudFormation))
            add(d);
    }
    return stores;
}

// Of a folder that is read and the one that is written to one holds the other; what is not known may be either.
bool mayOverlap(const QString &read, const Store &written)
{
    const auto plain = [](QString path) {
        path = path.section(u"${"_s, 0, 0);
        while (path.startsWith(u'/'))
            path.remove(0, 1);
        return path;
    };
    const QString a = plain(read), b = plain(written.prefix);
    if (b.startsWith(a))
        return true;
    // Below what is written come folders by date: "2026/11/20/09/".
    return a.startsWith(b) && (!written.dated || a.at(b.size()).isDigit());
}

bool isPartitioned(const CloudFormation &all, const CfnObject &table)
{
    const Yaml input = table["TableInput"];
    const CfnItem keys = all.value(*table.in, input["PartitionKeys"]);
    const QString projected = all.text(*table.in, input["Parameters"]["projection.enabled"]).text;
    return keys.node.size() > 0 || projected.compare(u"true", Qt::CaseInsensitive) == 0;
}

Finding judgeTable(const RuleContext &context, const Store &store, const CfnObject &table,
                   const BucketPlace &at)
{
    const CloudFormation &all = *context.evidence.cloudFormation;
    const Yaml location = table["TableInput"]["StorageDescriptor"]["Location"];
    Finding f = findingAt(context, title(), table, location);
    f.measured = Text{"表 %1", "table %1"}.arg(table.resource->id);
    f.wanted = {"ログのバケットの表", "a table over the logs' bucket"};
    markResource(f, store.bucket.bucket, {"ログのバケット", "the logs' bucket"});
    if (!mayOverlap(at.path, store))
        return say(f, Verdict::Fail,
                   Text{"表は `%1` を読み、ログは `%2` に書かれます。",
                        "The table reads `%1`, the logs are written to `%2`."}
                       .arg(at.path, store.dated ? store.prefix + u"YYYY/…"_s : store.prefix),
                   {"表の Location を、配信ストリームの Prefix に合わせてください。",
                    "Make the table's Location agree with the delivery stream's Prefix."});
    if (!table.resource->condition.isEmpty())
        return say(
            f, Verdict::Warn,
            Text{"表は条件 %1 のときだけあります。", "The table exists only under the condition %1."}.arg(
                table.resource->condition),
            {"本番でその条件が成り立つことを確かめてください。",
             "Make sure that the condition holds in production."});
    if (!isPartitioned(all, table))
        return say(f, Verdict::Warn,
                   {"表が日付で区切られておらず、問い合わせのたびに全体を読みます。",
                    "The table is not partitioned by date: every query reads all of it."},
                   {"PartitionKeys か partition projection を定義してください。",
                    "Define PartitionKeys or partition projection."});
    return say(f, Verdict::Pass,
               Text{"表 %1 が、ログのバケットを区切って読みます。",
                    "Table %1 reads the logs' bucket, in partitions."}
                   .arg(table.resource->id));
}

Finding judgeCrawler(const RuleContext &context, const CfnObject &crawler)
{
    Finding f = findingAt(context, title(), crawler);
    f.measured = Text{"クローラー %1", "crawler %1"}.arg(crawler.resource->id);
    f.wanted = {"ログのバケットの表", "a table over the logs' bucket"};
    if (crawler["Schedule"])
        return say(f, Verdict::Pass,
                   {"予定どおりに走るクローラーが、ログのバケットの表を作ります。",
                    "A scheduled crawler makes the table over the logs' bucket."});
    return say(f, Verdict::Warn,
               {"表は、クローラーを人が走らせたときにだけできます。",
                "The table exists only once somebody runs the crawler."},
               {"Schedule を書くか、AWS::Glue::Table を定義してください。",
                "Write a Schedule, or define an AWS::Glue::Table."});
}

Finding judgeWorkGroup(const RuleContext &context, const CfnObject &group)
{
    Finding f = findingAt(context, title(), group);
    f.measured = Text{"ワークグループ %1", "work group %1"}.arg(group.resource->id);
    f.wanted = {"ログのバケットの表", "a table over the logs' bucket"};
    const CloudFormation &all = *context.evidence.cloudFormation;
    if (all.text(group, "State").text == u"DISABLED")
        return say(f, Verdict::Fail, {"ワークグループは無効です。", "The work group is disabled."},
                   {"State を ENABLED にしてください。", "Set State to ENABLED."});
    return say(f, Verdict::Warn,
               {"Athena のワークグループはありますが、ログのバケットの表はテンプレートにありません。",
                "There is a work group of Athena, yet no table over the logs' bucket in the templates."},
               {"AWS::Glue::Table を定義するか、表がどこで作られるかをレビューで答えてください。",
                "Define an AWS::Glue::Table, or answer in the review where the table is made."});
}

std::vector<Finding> judgeStore(const RuleContext &context, const Store &store)
{
    const CloudFormation &all = *context.evidence.cloudFormation;
    std::vector<Finding> findings, groups;
    const auto at = [&](const CfnObject &o, Yaml location) {
        return bucketIn(all, *o.in, all.text(*o.in, location));
    };
    for (const CfnObject &table : all.ofType(u"AWS::Glue::Table"_s)) {
        const BucketPlace place = at(table, table["TableInput"]["StorageDescriptor"]["Location"]);
        if (isSameBucket(place, store.bucket))
            findings.push_back(judgeTable(context, store, table, place));
    }
    for (const CfnObject &crawler : all.ofType(u"AWS::Glue::Crawler"_s)) {
        for (const CfnItem &target : all.list(*crawler.in, crawler["Targets"]["S3Targets"])) {
            const BucketPlace place = at(crawler, target.node["Path"]);
            if (isSameBucket(place, store.bucket) && mayOverlap(place.path, store))
                findings.push_back(judgeCrawler(context, crawler));
        }
    }
    if (findings.empty()) {
        for (const CfnObject &group : all.ofType(u"AWS::Athena::WorkGroup"_s))
            findings.push_back(judgeWorkGroup(context, group));
    }
    if (!findings.empty())
        return bestOf(findings);
    Finding f = store.bucket.bucket ? findingAt(context, title(), store.bucket.bucket)
                                    : findingInService(context, title());
    f.measured = {"表 0 件", "0 tables"};
    f.wanted = {"≥ 1 件", "≥ 1"};
    return {notInTemplates(context, f,
                           {"ログのバケットを読む表もワークグループもありません。",
                            "Neither a table over the logs' bucket nor a work group is defined."},
                           {"AWS::Glue::Table と AWS::Athena::WorkGroup を定義してください。",
                            "Define an AWS::Glue::Table and an AWS::Athena::WorkGroup."})};
}

std::vector<Finding> judge(const RuleContext &context)
{
    std::vector<Finding> findings;
    for (const Store &store : storesOf(context))
        std::ranges::move(judgeStore(context, store), std::back_inserter(findings));
    if (!findings.empty())
        return bestOf(findings);
    Finding f = notInTemplates(context, findingInService(context, title()), {}, {});
    if (f.verdict == Verdict::Fail)
        say(f, Verdict::Unknown,
            {"S3 に残す配信ストリームがテンプレートになく、ログのバケットが分かりません。",
             "The templates hold no delivery stream to S3, so the logs' bucket is not known."},
            {"配信ストリームのテンプレートを `evidence.infrastructure` に加えてください。",
             "Add the delivery stream's template to `evidence.infrastructure`."});
    return {f};
}

} // namespace

Rule logQueryRule()
{
    return {
        "log-query",
        {"ログのバケットを読む Athena の表があるか", "Whether a table of Athena reads the logs' bucket"},
        {"Fluent Bit "
         "が書く配信ストリームの行き先のバケット（なければ全ての配信ストリームの）を、AWS::Glue::Table の "
         "Location、AWS::Glue::Crawler の S3Targets "
         "が指すかを見ます。表が別のフォルダーを読むなら不合格、日付で"
         "区切られていない、条件付き、予定のないクローラー、ワークグループだけなら注意です。値が配置まで決ま"
         "らない"
         "バケットは、同じ論理 ID か同じ式のときだけ同じとみなします。Terraform は読まないので不明です。\n"
         "出典: AWS::Glue::Table、AWS::Athena::WorkGroup",
         "Looks whether the bucket of the delivery stream that Fluent Bit writes to (else of any delivery "
         "stream) "
         "is the Location of an AWS::Glue::Table or a target of an AWS::Glue::Crawler. A table over another "
         "folder "
         "fails; one without partitions or under a condition, a crawler without schedule, or a work group "
         "alone "
         "warn. Buckets whose names only the deployment knows are the same only by logical id or by the same "
         "expression. Terraform is not read: unknown.\nSources: AWS::Glue::Table, AWS::Athena::WorkGroup"},
        {},
        judge,
        Rule::Source::Service};
}

} // namespace tenken
