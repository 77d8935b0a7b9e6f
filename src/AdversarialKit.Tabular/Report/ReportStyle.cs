namespace AdversarialKit;

/// <summary>The report's style sheet.</summary>
internal static class ReportStyle
{
    public const string Real = "#3b6fb6";
    public const string Synthetic = "#e0852b";

    public const string Sheet =
        "body{margin:0;background:#fff;color:#1d232b;font:15px/1.5 system-ui,sans-serif}main{max-width:1120px;margin:0 auto;padding:24px}" +
        "h1{font-size:26px;margin:0 0 4px}h2{margin:36px 0 8px;font-size:20px;border-bottom:1px solid #d8dde3;padding-bottom:4px}h3{margin:24px 0 4px;font-size:16px}" +
        "table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:4px 14px 4px 0;text-align:right;border-bottom:1px solid #e8ebef}th:first-child{text-align:left}" +
        "thead th{color:#5b6570;font-weight:600}tbody th{font-weight:400}tr.own th,tr.own td{font-weight:700}" +
        ".cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(250px,1fr));gap:16px}.cards.wide{grid-template-columns:repeat(auto-fill,minmax(340px,1fr))}" +
        "figure{margin:0;padding:10px;border:1px solid #e0e4e9;border-radius:6px;min-width:0}figcaption{font-size:13px;margin-bottom:6px;overflow-wrap:anywhere}figcaption b{float:right;font-variant-numeric:tabular-nums}" +
        "svg{width:100%;height:auto;display:block}svg text{font:10px system-ui,sans-serif;fill:#5b6570}.note{margin:4px 0 0;font-size:12px;color:#5b6570}" +
        ".key span{display:inline-block;width:12px;height:12px;border-radius:2px;margin:0 6px 0 12px;vertical-align:-1px}.key span.real{margin-left:0;background:" + Real + "}.key span.synthetic{background:" + Synthetic + "}";
}
