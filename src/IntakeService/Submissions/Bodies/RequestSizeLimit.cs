using Microsoft.AspNetCore.Http.Metadata;

namespace Waybill.IntakeService.Submissions.Bodies;

/// <summary>Tells the server how many bytes a body may have; a longer one is refused with 413 while it streams in.</summary>
internal sealed record RequestSizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
