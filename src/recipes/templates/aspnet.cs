// In Program.cs, before builder.Build():
builder.Services.AddProblemDetails();
builder.Services.AddCors(options => options.AddDefaultPolicy(policy =>
{
    policy.WithOrigins("«origin»"); // further origins as further arguments
«!simple»    policy.WithMethods("«method»");
«?headers»    policy.WithHeaders(«headers/"%"»);
«?exposed»    policy.WithExposedHeaders(«exposed/"%"»);
«?credentials»    policy.AllowCredentials();
«?maxage»    policy.SetPreflightMaxAge(TimeSpan.FromSeconds(«maxage»));
}));

// In Program.cs, right after builder.Build(); UseHttpsRedirection, UseAuthentication and UseAuthorization follow it:
if (!app.Environment.IsDevelopment())
{
    app.UseExceptionHandler(); // once; without it, an unhandled exception is answered without the headers
}
app.Use((context, next) =>
{
    context.Response.Headers.Append("Vary", "Origin");
    return next(context);
});
app.UseRouting();
app.UseCors();
