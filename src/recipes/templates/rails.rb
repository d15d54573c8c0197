# config/initializers/cors.rb, with gem "rack-cors" in the Gemfile; restart the server afterwards:
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins "«origin»" # further origins follow after a comma

    resource "*",
«?headers»      headers: [«headers/"%"»],
«?exposed»      expose: [«exposed/"%"»],
«?credentials»      credentials: true,
«?maxage»      max_age: «maxage»,
      methods: ["«verb»"]
  end
end
