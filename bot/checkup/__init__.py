"""What `wendu doctor` looks at; each look gives findings, said in bot/locales/doctor."""
