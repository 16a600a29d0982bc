using Waybill.StatusService.Store.Recent;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>What is listed, and from where on.</summary>
internal sealed record ListQuery(RecordFilter Filter, WalkCursor Start, int Limit);
